// @ts-nocheck
// 
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

let test: TestKernel;
let person: Person;
beforeAll(async () => {
  test = await bootKernel();
  person = await test.newPerson();
  const other = await test.newPerson();
  const day = 86_400_000;
  const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();
  await mint(person, { name: 'Deploy 100%' });
  await mint(person, { name: 'deploy_all', expires_at: inDays(7) });
  await mint(person, { name: 'Other*', expires_at: inDays(60) });
  await mint(person, { name: 'old and used' });
  await mint(person, { name: 'old and not used' });
  await mint(other, { name: 'deploy of somebody else', expires_at: inDays(7) });
  await mint(person, { name: 'said', description: 'Runs the Rollout of 50%_ at night' });
  await mint(other, { name: 'said by somebody else', description: 'Runs the rollout' });
  const old = inDays(-100);
  await test.sql("UPDATE sys_api_key SET created_at = ? WHERE name LIKE 'old%'", [old]);
  await test.sql("UPDATE sys_api_key SET last_used_at = ? WHERE name = 'old and used'", [inDays(-1)]);
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

async function mint({ token }: Person, body: object): Promise<void> {
  const response = await test.request('/api/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(201);
}

interface Answer {
  readonly data?: {
    viewer: {
      apiKeys: {
        totalCount: number;
        nodes: { name: string; prefix: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
  };
  readonly errors?: { extensions: { code: string; fields: { field: string }[] } }[];
}

async function list(filters: string): Promise<Answer> {
  const query = `{ viewer { apiKeys(${filters}) { totalCount nodes { name prefix } pageInfo { hasNextPage endCursor } } } }`;
  const response = await test.request('/api/v1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${person.token}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

const namesOf = ({ data }: Answer): string[] => (data?.viewer.apiKeys.nodes ?? []).map(({ name }) => name).sort();

describe('a list of keys', () => {
  it.each([
    ['search: "DEPLOY"', ['Deploy 100%', 'deploy_all']],
    ['search: "%"', ['Deploy 100%', 'said']],
    ['search: "_"', ['deploy_all', 'said']],
    ['search: "rollout"', ['said']],
    ['search: "rollout", status: REVOKED', []],
    ['search: "*"', ['Other*']],
    ['search: "50%_"', ['said']],
    ['search: "?"', []],
    ['search: "\\\\"', []],
    ['search: "\' OR 1=1 --"', []],
    ['search: "{current_user_id}"', []],
    ['search: "osk_"', ['Deploy 100%', 'Other*', 'deploy_all', 'old and not used', 'old and used', 'said']],
    ['expiresWithin: "P14D"', ['deploy_all']],
    ['expiresWithin: "P90D"', ['Other*', 'deploy_all']],
    ['unusedFor: "P90D"', ['old and not used']],
    ['unusedFor: "PT1H", status: REVOKED', []],
    ['expiresWithin: "P90D", search: "deploy", status: ACTIVE', ['deploy_all']],
  ])('is narrowed to what is one’s own and fits: %s', async (filters, names) => {
    const answer = await list(filters);
    expect(answer.errors).toBeUndefined();
    expect(namesOf(answer)).toEqual(names);
    expect(answer.data?.viewer.apiKeys.totalCount).toBe(names.length);
  });

  it('continues page by page with filters', async () => {
    const first = await list('search: "deploy", first: 1');
    expect(first.data?.viewer.apiKeys.pageInfo.hasNextPage).toBe(true);
    const second = await list(`search: "deploy", first: 1, after: "${first.data?.viewer.apiKeys.pageInfo.endCursor}"`);
    expect([...namesOf(first), ...namesOf(second)].sort()).toEqual(['Deploy 100%', 'deploy_all']);
    expect(second.data?.viewer.apiKeys.pageInfo.hasNextPage).toBe(false);
  });

  it.each([
    ['expiresWithin: "P1M"', 'expiresWithin'],
    ['unusedFor: "90"', 'unusedFor'],
    ['unusedFor: "P99999999D"', 'unusedFor'],
    [`search: "${'a'.repeat(256)}"`, 'search'],
  ])('is refused for a filter that cannot be read: %s', async (filters, field) => {
    const { data, errors } = await list(filters);
    expect(data?.viewer ?? null).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ field }] });
  });
});
