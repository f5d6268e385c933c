// @ts-nocheck
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standaloneRoutes } from '../../src/standalone/routes/index.ts';
import { compare, openLab, type SecretLab, toEngine } from '../support/secrets/lab.ts';
import { type Question, questions, SECRETS } from '../support/secrets/questions.ts';
import { asks, classifiedRoutes } from '../support/secrets/routes.ts';

/** `SECRET_RUNS` questions to the engine (`npm run fuzz:secrets` asks 200,000), reproduced by `SECRET_SEED`. */
const RUNS = Number(process.env['SECRET_RUNS'] ?? 10_000);
const SEED = Number(process.env['SECRET_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Questions to each kind of route, which take the longest: more than 10,000 over all of them in `npm run fuzz:secrets`. */
const OVER_HTTP = process.env['SECRET_RUNS'] === undefined ? 5 : Math.ceil(RUNS / 700);
process.stdout.write(`asking about secrets with SECRET_SEED=${SEED} SECRET_RUNS=${RUNS}\n`);

const KINDS = Object.keys(asks({} as SecretLab)) as (keyof ReturnType<typeof asks>)[];
type Kind = (typeof KINDS)[number];
/** No form is public, and members are not listed with keys. */
const ALWAYS_REFUSED: Readonly<Record<'session' | 'key', readonly Kind[]>> = {
  session: ['form'],
  key: ['form', 'members'],
};
/** Questions that name no secret, to see that a route answers at all. */
const PLAIN: readonly Question[] = SECRETS.filter(({ field }) => field === 'key' || field === 'pin').flatMap((secret) =>
  [{}, { where: { id: secret.id }, limit: 1 }].map((query) => ({
    secret: { ...secret, field: 'id' },
    operation: 'find',
    query,
  })),
);

let lab: SecretLab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.server[Symbol.asyncDispose]());

test('no question to the engine tells two databases apart that differ in a secret alone', async () => {
  const asked = fc.sample(questions, { seed: SEED, numRuns: RUNS });
  const { different, answered } = await compare(lab, asked, toEngine(lab, lab.context));
  expect(different).toEqual([]);
  // Most questions name a secret; enough do not for this to mean something.
  expect(answered).toBeGreaterThan(RUNS / 50);
}, 600_000);

test('without the guard, the same questions do', async () => {
  const asked = fc.sample(questions, { seed: SEED, numRuns: 500 });
  const { different } = await compare(lab, asked, toEngine(lab, { ...lab.context, isSystem: true }));
  expect(new Set(different.map(({ secret: { object, field } }) => `${object}.${field}`)).size).toBe(SECRETS.length);
});

describe('every route of the server', () => {
  const classified = classifiedRoutes();

  test('is classified by what it does with a question', () => {
    const routes = standaloneRoutes(true).map(({ method, path }) => `${method} ${path}`);
    // A route here is one that nobody has looked at. Read what it takes; if it finds rows by anything but
    // their ids, write how to ask it in test/support/secrets/routes.ts. Then add it to questions-by-route.txt.
    expect(routes.filter((route) => !classified.has(route))).toEqual([]);
    expect([...classified.keys()].filter((route) => !routes.includes(route))).toEqual([]);
    const known = new Set(['501', '-', ...Object.keys(asks(lab))]);
    expect([...classified.values()].filter((kind) => !known.has(kind))).toEqual([]);
    // The search is asked in two ways.
    const asked = new Set([...classified.values(), 'search-all']);
    expect(Object.keys(asks(lab)).filter((kind) => !asked.has(kind))).toEqual([]);
  });

  test('has no service behind it where that is what is classified', async () => {
    for (const [route] of [...classified].filter(([, kind]) => kind === '501')) {
      const [method = '', path = ''] = route.split(' ');
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' };
      const url = path.replaceAll(/:\w+/g, 'x');
      const response = await lab.server.request(url, { method, headers: lab.headers, ...body });
      expect(response.status, `${route}: ${await response.text()}`).toBe(501);
    }
  });

  describe.each(['session', 'key'] as const)('asked with a %s', (credential) => {
    test.each(KINDS)(
      'tells the two apart by no question: %s',
      async (kind) => {
        const asked = [...PLAIN, ...fc.sample(questions, { seed: SEED, numRuns: OVER_HTTP })];
        const before = await lab.server.sql('SELECT id, title FROM vault_entry ORDER BY id');
        const headers = credential === 'key' ? lab.keyHeaders : lab.headers;
        const { different, answered, failed } = await compare(lab, asked, asks(lab, headers)[kind]);
        expect(different).toEqual([]);
        expect(failed).toEqual([]);
        // Otherwise no two answers would differ, whatever the route does.
        if (ALWAYS_REFUSED[credential].includes(kind)) expect(answered).toBe(0);
        else expect(answered).toBeGreaterThan(0);
        expect(await lab.server.sql('SELECT id, title FROM vault_entry ORDER BY id')).toEqual(before);
      },
      600_000,
    );
  });
});
