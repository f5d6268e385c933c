// @ts-nocheck
// 
import { createRestApiPlugin } from '@objectstack/rest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiKeys, bootHost, dispatcher, type Host } from '../../support/host.ts';

let host: Host;
beforeAll(async () => {
  host = await bootHost([apiKeys()], [createRestApiPlugin({}), dispatcher()], { secured: false });
});
afterAll(() => host[Symbol.asyncDispose]());

async function mint(input: object): Promise<string> {
  const headers = ['Authorization', `Bearer ${host.token}`];
  const { status, text } = await host.send('/api/v1/keys', { headers, body: JSON.stringify({ name: 'x', ...input }) });
  expect(status, text).toBe(201);
  return (JSON.parse(text) as { key: string }).key;
}

it('a kernel without the security plugin gives a key with scopes no access, anywhere', async () => {
  const [free, scoped] = [await mint({}), await mint({ scopes: ['data:read'] })];
  const ways = [
    ['GET', '/api/v1/data/sys_user', ''],
    ['POST', '/api/v1/data/sys_user/query', '{}'],
    ['GET', '/api/v1/keys', ''],
    ['POST', '/api/v1/graphql', '{"query":"{ viewer { id } }"}'],
  ] as const;
  for (const [method, path, body] of ways) {
    const ask = (key: string) => host.send(path, { method, headers: ['X-API-Key', key], body });
    expect((await ask(free)).status, path).toBe(200);
    expect((await ask(scoped)).status, path).toBe(401);
  }
});

it('it previews no access for such a key, and says why when it starts', async () => {
  const query = '{ apiKeyAccess(scopes: ["data:read", "data:write"]) { object } }';
  const headers = ['Authorization', `Bearer ${host.token}`];
  const { text } = await host.send('/api/v1/graphql', { headers, body: JSON.stringify({ query }) });
  expect(JSON.parse(text)).toEqual({ data: { apiKeyAccess: [] } });
  expect(host.printed).toContain('SecurityPlugin is missing');
});
