// @ts-nocheck
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bearer, graphqlEndpoint } from '../../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../../support/kernel.ts';
import { listenToStatements } from '../../support/statements.ts';

let target: TestKernel;
let admin: Person;

beforeAll(async () => {
  // SQLite decides by the form of a statement; PostgreSQL knows how many rows there are.
  const keyLimits = {
    mintLimitPerUser: 'off',
    mintLimitPerAddress: 'off',
    maxActiveKeys: '500',
    maxKeyLifetime: 'off',
  };
  target = await bootKernel({ database: 'sqlite', config: { keyLimits } });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** The statements on `sys_api_key` that something makes, with how SQLite runs them. */
async function plansOf(ask: () => Promise<unknown>): Promise<{ sql: string; plan: string }[]> {
  const statements: { sql: string; bindings: unknown[] }[] = [];
  const stop = await listenToStatements(target, (sql, bindings) => void statements.push({ sql, bindings }));
  await ask();
  stop();
  const plans = statements
    .filter(({ sql }) => /^(select|update)\b.*`sys_api_key`/is.test(sql))
    .map(async ({ sql, bindings }) => {
      const steps = await target.sql(`EXPLAIN QUERY PLAN ${sql}`, bindings);
      return { sql, plan: steps.map(({ detail }) => detail).join('; ') };
    });
  return Promise.all(plans);
}

it.each<[string, (token: string) => Promise<{ status: number; text: string }>]>([
  ['minting', (token) => graphqlEndpoint(target).mint(bearer(token), { name: 'planned' })],
  ...['ACTIVE', 'REVOKED', 'EXPIRED', null].map(
    (status): [string, (token: string) => Promise<{ status: number; text: string }>] => [
      `a page of ${status ?? 'all'} keys`,
      (token) =>
        graphqlEndpoint(target).send(
          bearer(token),
          JSON.stringify({
            query:
              'query ($status: ApiKeyStatus) { viewer { apiKeys(first: 5, status: $status) { totalCount nodes { id } } } }',
            variables: { status },
          }),
        ),
    ],
  ),
])('%s reads the keys of the person who asks, and not those of everybody', async (_case, ask) => {
  const plans = await plansOf(async () => {
    const { status, text } = await ask(admin.token);
    expect(status, text).toBe(200);
    expect(text).not.toContain('errors');
  });
  expect(plans).not.toEqual([]);
  for (const { sql, plan } of plans) {
    expect(plan, sql).not.toMatch(/SCAN sys_api_key/);
    expect(plan, sql).toMatch(/\((user_id|id)=\?/);
  }
});

it.each(['', ', status: ACTIVE', ', status: REVOKED'])(
  'a page of the keys of an organization%s is read from where it begins, and no key of another one is',
  async (status) => {
    const after = Buffer.from(JSON.stringify([new Date().toISOString(), 'key_1'])).toString('base64url');
    const query = `query ($after: String) {
      organization { apiKeys(first: 5, after: $after${status}) { nodes { id owner { email } } } }
    }`;
    const plans = await plansOf(async () => {
      const { text } = await graphqlEndpoint(target).send(
        bearer(admin.token),
        JSON.stringify({ query, variables: { after } }),
      );
      expect(text).not.toContain('errors');
    });
    expect(plans.map(({ plan }) => plan)).toEqual([
      expect.stringMatching(/of_organization_by_age \(active_organization_id=\? AND created_at<\?\)$/),
    ]);
  },
);

it('a later page is entered at its cursor, so that no key before it is read', async () => {
  const after = Buffer.from(JSON.stringify([new Date().toISOString(), 'key_1'])).toString('base64url');
  const query = 'query ($after: String) { viewer { apiKeys(first: 5, after: $after) { nodes { id } } } }';
  const plans = await plansOf(async () => {
    const { text } = await graphqlEndpoint(target).send(
      bearer(admin.token),
      JSON.stringify({ query, variables: { after } }),
    );
    expect(text).not.toContain('errors');
  });
  expect(plans.map(({ plan }) => plan)).toEqual([expect.stringMatching(/\(user_id=\? AND created_at<\?\)/)]);
});
