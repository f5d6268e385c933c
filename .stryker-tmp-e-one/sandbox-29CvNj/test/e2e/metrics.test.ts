// @ts-nocheck
import { hashApiKey } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bearer, type EndpointClient, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { logged } from '../support/log.ts';

/** The samples in Prometheus' text form: `name{labels}` to value. */
function samples(text: string): Map<string, number> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('metrics on a port of their own', () => {
  let target: TestKernel;
  let admin: Person;
  let url: string;
  beforeAll(async () => {
    target = await bootKernel({ config: { metrics: { port: 0, host: '127.0.0.1', token: undefined } } });
    admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    url = String(logged(target.output(), 'metrics')[0]?.['url']);
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  const scrape = async (): Promise<Map<string, number>> => samples(await (await fetch(url)).text());
  /** How much each sample grew while `act` ran. */
  const growth = async (act: () => Promise<unknown>): Promise<(sample: string) => number> => {
    const before = await scrape();
    await act();
    const after = await scrape();
    return (sample) => (after.get(sample) ?? 0) - (before.get(sample) ?? 0);
  };

  // First: the counts are kept for some minutes.
  it('count the keys that are active, without limits, expiring and unused', async () => {
    const { mint } = restEndpoint(target);
    const soon = new Date(Date.now() + 86_400_000).toISOString();
    const owner = bearer(admin.token);
    await mint(owner, { name: 'without limits' });
    await mint(owner, { name: 'limited', scopes: ['data:read'], expiresAt: soon });
    const { apiKey: unused } = await mint(owner, { name: 'unused', scopes: ['data:read'] });
    const { apiKey: revoked } = await mint(owner, { name: 'revoked' });
    await target.sql("UPDATE sys_api_key SET created_at = '2020-01-01T00:00:00.000Z' WHERE id = ?", [unused?.id]);
    const no = target.database.driver === 'sqlite' ? '1' : 'TRUE';
    await target.sql(`UPDATE sys_api_key SET revoked = ${no} WHERE id = ?`, [revoked?.id]);
    const found = await scrape();
    const counts = Object.fromEntries(
      ['active', 'unlimited', 'expiring', 'unused'].map((state) => [
        state,
        found.get(`api_keys_keys{state="${state}"}`),
      ]),
    );
    expect(counts).toEqual({ active: 3, unlimited: 1, expiring: 1, unused: 1 });
  });

  describe.each([
    ['GraphQL', 'graphql', graphqlEndpoint],
    ['REST', 'rest', restEndpoint],
  ] as const)('of %s', (_name, name, connect) => {
    let endpoint: EndpointClient;
    beforeAll(() => {
      endpoint = connect(target);
    });

    it('count a mint once, with its latency', async () => {
      const grew = await growth(async () => {
        expect((await endpoint.mint(bearer(admin.token), { name: 'counted' })).key).toMatch(/^osk_/);
      });
      expect(grew(`api_keys_requests_total{endpoint="${name}",operation="createApiKey",code="OK"}`)).toBe(1);
      expect(grew(`api_keys_request_duration_seconds_count{endpoint="${name}",operation="createApiKey"}`)).toBe(1);
      expect(grew('api_keys_mint_duration_seconds_count')).toBe(1);
      expect(grew('api_keys_mint_duration_seconds_sum')).toBeGreaterThan(0);
    });

    it.each<[string, string, string, () => [Record<string, string>, unknown]]>([
      ['no credentials', 'UNAUTHENTICATED', 'UNAUTHENTICATED', () => [{}, { name: 'a' }]],
      [
        'an expiry in the past',
        'VALIDATION_FAILED',
        'in_the_past',
        () => [bearer(admin.token), { name: 'a', expiresAt: '2001-01-01T00:00:00Z' }],
      ],
      [
        'a scope that is not held',
        'FORBIDDEN',
        'scope_not_held',
        () => [bearer(admin.token), { name: 'a', scopes: ['not_held'] }],
      ],
    ])('count a refusal by its reason: %s', async (_case, code, reason, ask) => {
      const [headers, input] = ask();
      const operation = name === 'graphql' && code === 'UNAUTHENTICATED' ? 'none' : 'createApiKey';
      const grew = await growth(async () => {
        expect((await endpoint.mint(headers, input)).code).toBe(code);
      });
      expect(grew(`api_keys_requests_total{endpoint="${name}",operation="${operation}",code="${code}"}`)).toBe(1);
      expect(grew(`api_keys_refusals_total{reason="${reason}"}`)).toBe(1);
      expect(grew('api_keys_mint_duration_seconds_count')).toBe(0);
    });

    it('hold no secret, no name and no id', async () => {
      const { key = '', apiKey } = await endpoint.mint(bearer(admin.token), { name: 'unmeasured' });
      expect(key).toMatch(/^osk_/);
      const text = await (await fetch(url)).text();
      for (const value of [
        key,
        hashApiKey(key),
        'osk_',
        admin.token,
        'unmeasured',
        apiKey?.id,
        admin.id,
        admin.email,
      ]) {
        expect(text).not.toContain(value);
      }
    });
  });

  it('count a rotation as a new key', async () => {
    const { apiKey } = await graphqlEndpoint(target).mint(bearer(admin.token), { name: 'rotated' });
    const grew = await growth(() =>
      target.request('/api/v1/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer(admin.token) },
        body: JSON.stringify({
          query: 'mutation ($id: ID!) { rotateApiKey(input: { id: $id }) { key } }',
          variables: { id: apiKey?.id },
        }),
      }),
    );
    expect(grew('api_keys_requests_total{endpoint="graphql",operation="rotateApiKey",code="OK"}')).toBe(1);
    expect(grew('api_keys_mint_duration_seconds_count')).toBe(1);
  });

  it('tell of the event loop, the memory and the version', async () => {
    const all = await scrape();
    expect(all.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(all.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    expect([...all.keys()].filter((name) => name.startsWith('api_keys_build_info'))).toHaveLength(1);
  });

  it('include the connections to PostgreSQL, and none for SQLite', async () => {
    const all = await scrape();
    if (inject('database') === 'sqlite') {
      expect([...all.keys()].filter((name) => name.includes('connections'))).toEqual([]);
      return;
    }
    const max = all.get('api_keys_database_connections_max') ?? 0;
    const used = all.get('api_keys_database_connections{state="used"}') ?? Number.NaN;
    const idle = all.get('api_keys_database_connections{state="idle"}') ?? Number.NaN;
    expect(max).toBeGreaterThan(0);
    expect(used + idle).toBeGreaterThan(0);
    expect(used + idle).toBeLessThanOrEqual(max);
    expect(all.get('api_keys_database_connections{state="waiting"}')).toBe(0);
  });

  it('are not on the main port', async () => {
    expect((await target.request('/metrics')).status).toBe(404);
  });
});

describe('metrics on the main port', () => {
  const token = 'm'.repeat(32);
  let target: TestKernel;
  beforeAll(async () => {
    target = await bootKernel({ config: { metrics: { port: undefined, host: '127.0.0.1', token } } });
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  it('are served to a client with the token', async () => {
    const response = await target.request('/metrics', { headers: bearer(token) });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toContain('api_keys_requests_total');
  });

  it.each<[string, Record<string, string>]>([
    ['without a token', {}],
    ['with another token', bearer('n'.repeat(32))],
    ['with the beginning of the token', bearer(token.slice(1))],
    ['with the token and more', bearer(`${token}m`)],
    ['with the token in another scheme', { authorization: `Basic ${token}` }],
    ['with an empty token', { authorization: 'Bearer ' }],
  ])('are not shown %s', async (_case, headers) => {
    const response = await target.request('/metrics', { headers });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  });
});
