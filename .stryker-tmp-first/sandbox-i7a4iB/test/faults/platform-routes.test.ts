// @ts-nocheck
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, ORIGIN, type Person, type TestKernel } from '../support/kernel.ts';
import { grantNotes, NOTE, NotesApp, STAMP } from '../support/notes-app.ts';
import { TestPostgres } from '../support/postgres.ts';

/** The time limit of the server under test, in milliseconds. */
const TIMEOUT = 1000;

let postgres: TestPostgres;
let target: TestKernel;
let admin: Person;
let key: string;

beforeAll(async () => {
  postgres = await TestPostgres.start();
  target = await bootKernel({
    plugins: [new NotesApp()],
    config: { database: { driver: 'postgres', url: postgres.url, poolSize: 4 }, databaseTimeoutMs: TIMEOUT },
  });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  await grantNotes(target.engine, admin);
  key = (await restEndpoint(target).mint(bearer(admin.token), { name: 'the key' })).key ?? '';
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
  await postgres[Symbol.asyncDispose]();
});

interface Route {
  readonly route: string;
  readonly body?: unknown;
  /** The statuses that the route answers while the database is well. */
  readonly well: readonly number[];
}

const OK = [200, 201];
const UNAVAILABLE =
  '{"success":false,"error":{"code":"SERVICE_UNAVAILABLE","message":"The service cannot answer right now. Try again shortly.","httpStatus":503}}';
const tool = (name: string, input: unknown) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: input },
});

const WITH_KEY: Route[] = [
  { route: `GET /api/v1/data/${NOTE}`, well: OK },
  { route: `GET /api/v1/data/${NOTE}/none`, well: [404] },
  { route: `POST /api/v1/data/${NOTE}/query`, body: { where: { title: 'x' } }, well: OK },
  { route: `POST /api/v1/data/${NOTE}`, body: { title: 'written' }, well: OK },
  { route: `POST /api/v1/data/${NOTE}/createMany`, body: [{ title: 'written' }], well: OK },
  {
    route: 'POST /api/v1/batch',
    body: { operations: [{ object: NOTE, action: 'create', data: { title: 'written' } }] },
    well: OK,
  },
  { route: 'GET /api/v1/search?q=written&objects=notes_note', well: [200, 403] },
  { route: `POST /api/v1/actions/${NOTE}/${STAMP}`, body: {}, well: OK },
  { route: 'POST /api/v1/mcp', body: tool('query_records', { objectName: NOTE }), well: OK },
  { route: 'GET /api/v1/me/apps', well: OK },
];
const WITH_SESSION: Route[] = [
  { route: `GET /api/v1/data/${NOTE}`, well: OK },
  { route: 'GET /api/v1/auth/list-sessions', well: OK },
  { route: 'GET /api/v1/auth/organization/list', well: OK },
  { route: 'GET /api/v1/notifications', well: OK },
];
const WITHOUT: Route[] = [{ route: 'POST /api/v1/auth/sign-in/email', body: DEV_ADMIN, well: OK }];
const ALL = [
  ...WITH_KEY.map((route) => ({ ...route, credential: 'a key' as const })),
  ...WITH_SESSION.map((route) => ({ ...route, credential: 'a session' as const })),
  ...WITHOUT.map((route) => ({ ...route, credential: 'nothing' as const })),
];

const ask = ({ route, body, credential }: (typeof ALL)[number]): Promise<Response> => {
  const [method = '', path = ''] = route.split(' ');
  const credentials = { 'a key': { 'x-api-key': key }, 'a session': bearer(admin.token), nothing: {} };
  return fetch(`${target.url}${path}`, {
    method,
    headers: {
      origin: ORIGIN,
      accept: 'application/json, text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...credentials[credential],
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(20 * TIMEOUT),
  });
};

interface Fault {
  readonly fault: string;
  begin(): Promise<void>;
  end(): Promise<void>;
}

let blocker: pg.Client;
/** Whoever reads these waits until PostgreSQL cancels it, and keeps a connection meanwhile. */
const lock = (tables: string): Fault => ({
  fault: `has ${tables} locked`,
  async begin() {
    blocker = new pg.Client({ connectionString: postgres.url });
    await blocker.connect();
    await blocker.query(`BEGIN; LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`);
  },
  async end() {
    await blocker.query('ROLLBACK');
    await blocker.end();
  },
});

const FAULTS: Fault[] = [
  { fault: 'is stopped', begin: () => postgres.stop(), end: () => postgres.start() },
  lock('sys_user, sys_session, sys_member'),
];

it('the routes answer while the database is well, and what they refuse keeps its status', async () => {
  for (const route of ALL) {
    const answer = await ask(route);
    expect({ route: route.route, status: answer.status, text: await answer.text() }).toMatchObject({
      status: expect.toBeOneOf([...route.well]),
    });
  }
});

describe.each(FAULTS)('while PostgreSQL $fault', ({ begin, end }) => {
  it('every route answers 503 with nothing of the failure, and writes nothing', { timeout: 120_000 }, async () => {
    const before = await titles();
    await begin();
    const answers: Response[] = [];
    try {
      // Two rounds at once: the second finds the connections taken.
      answers.push(...(await Promise.all([...ALL, ...ALL].map(ask))));
    } finally {
      await end();
    }
    for (const [index, answer] of answers.entries()) {
      const { route, credential } = ALL[index % ALL.length] as (typeof ALL)[number];
      expect({ route, credential, status: answer.status }).toEqual({ route, credential, status: 503 });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect(await answer.text()).toBe(UNAVAILABLE);
    }
    expect(await titles()).toEqual(before);
  });
});

it('an MCP tool that fails in the database after admission reveals nothing of the statement', async () => {
  const { begin, end } = lock(NOTE);
  await begin();
  try {
    const body = tool('query_records', { objectName: NOTE });
    const answer = await ask({ route: 'POST /api/v1/mcp', body, credential: 'a key', well: [] });
    const text = await answer.text();
    expect({ status: answer.status, text }).toEqual({ status: 503, text: UNAVAILABLE });
  } finally {
    await end();
  }
});

describe('an error that is not a database failure keeps its status', () => {
  it.each([
    ['a row that is not there', { route: `GET /api/v1/data/${NOTE}/none` }, 404],
    ['a value that is missing', { route: `POST /api/v1/data/${NOTE}`, body: {} }, 400],
    ['a row that is there already', { route: `POST /api/v1/data/${NOTE}`, body: { id: 'twice', title: 'x' } }, 409],
    ['a field that does not exist', { route: `POST /api/v1/data/${NOTE}/query`, body: { where: { no: 1 } } }, 400],
    ['a field that cannot be sorted by', { route: `GET /api/v1/data/${NOTE}?sort=no` }, 400],
  ])('%s', async (_title, route, status) => {
    const asked = { ...route, well: [], credential: 'a key' as const };
    if (status === 409) await ask(asked);
    const answer = await ask(asked);
    expect({ status: answer.status, text: await answer.text() }).toMatchObject({ status });
  });
});

async function titles(): Promise<unknown[]> {
  const rows = await target.engine.find(NOTE, { context: { isSystem: true } });
  return rows.map(({ title }) => title);
}
