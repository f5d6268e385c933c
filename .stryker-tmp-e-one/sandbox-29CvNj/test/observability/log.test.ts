// @ts-nocheck
import { randomUUID } from 'node:crypto';
import { generateApiKey } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, type EndpointClient, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { logged } from '../support/log.ts';

let target: TestKernel;
let admin: Person;

beforeAll(async () => {
  target = await bootKernel({ config: { trustProxy: 1 } });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** The lines about one request, by message. */
function linesOf(id: string, message: string): Record<string, unknown>[] {
  return logged(target.output(), message).filter(({ request }) => request === id);
}

describe.each([
  ['GraphQL', 'graphql', graphqlEndpoint],
  ['REST', 'rest', restEndpoint],
] as const)('a request through %s', (_name, name, connect) => {
  let endpoint: EndpointClient;
  beforeAll(() => {
    endpoint = connect(target);
  });

  it('that mints leaves one line about the request and one about the key, joined by the request id', async () => {
    const id = randomUUID();
    const headers = { ...bearer(admin.token), 'x-request-id': id, 'x-forwarded-for': '198.51.100.1, 203.0.113.7' };
    const { key = '', apiKey, status } = await endpoint.mint(headers, { name: 'a logged key' });

    expect(key).toMatch(/^osk_/);
    expect(linesOf(id, 'request')).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        request: id,
        endpoint: name,
        operation: 'createApiKey',
        code: 'OK',
        status,
        ms: expect.any(Number),
        msg: 'request',
      },
    ]);
    expect(linesOf(id, 'key minted')).toEqual([
      expect.objectContaining({
        level: 'info',
        user: admin.id,
        organization: admin.organizationId,
        key: apiKey?.id,
        prefix: apiKey?.prefix,
        address: '203.0.113.7',
      }),
    ]);
    expect(target.output()).not.toContain(key);
    expect(target.output()).not.toContain('a logged key');
    expect(target.output()).not.toContain(admin.token);
  });

  it.each<[string, string, () => [Record<string, string>, unknown]]>([
    ['no credentials', 'UNAUTHENTICATED', () => [{}, { name: 'a' }]],
    ['a bad name', 'VALIDATION_FAILED', () => [bearer(admin.token), { name: '' }]],
    ['a scope that is not held', 'FORBIDDEN', () => [bearer(admin.token), { name: 'a', scopes: ['not_held'] }]],
  ])('that is refused leaves one line with the code: %s', async (_case, code, ask) => {
    const id = randomUUID();
    const [headers, input] = ask();
    const answer = await endpoint.mint({ ...headers, 'x-request-id': id }, input);

    expect(answer.code).toBe(code);
    expect(linesOf(id, 'request')).toMatchObject([{ endpoint: name, code, status: answer.status }]);
    expect(linesOf(id, 'request failed')).toEqual([]);
    expect(linesOf(id, 'key minted')).toEqual([]);
  });
});

describe('the operation in a line', () => {
  const ask = async (query: string, operationName?: string): Promise<Record<string, unknown> | undefined> => {
    const id = randomUUID();
    const response = await target.request('/api/v1/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': id, ...bearer(admin.token) },
      body: JSON.stringify({ query, operationName }),
    });
    await response.text();
    return linesOf(id, 'request')[0];
  };

  it('is the name in the schema, not the name, alias or fragment of the caller', async () => {
    const secret = generateApiKey().raw.replaceAll('-', '_');
    expect(await ask(`query ${secret} { ${secret}: viewer { id } }`, secret)).toMatchObject({
      operation: 'viewer',
      code: 'OK',
    });
    const fragment = await ask(`query { ...${secret} } fragment ${secret} on Query { viewer { id } }`);
    expect(fragment).toMatchObject({ code: 'OK', operation: 'viewer' });
    expect(target.output()).not.toContain(secret);
  });

  it('is absent when the schema has no such field', async () => {
    const secret = generateApiKey().raw.replaceAll('-', '_');
    const line = await ask(`{ ${secret} }`);
    expect(line).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(line).not.toHaveProperty('operation');
    expect(target.output()).not.toContain(secret);
  });

  it('is absent when the document does not parse', async () => {
    expect(await ask('{')).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED' });
  });
});

describe.each([
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const)('a request through %s that the database fails', (_name, connect) => {
  it('leaves the class of the failure and not the statement', async () => {
    const endpoint = connect(target);
    const id = randomUUID();
    const name = `statement-${randomUUID()}`;
    await target.sql('ALTER TABLE sys_api_key RENAME TO sys_api_key_elsewhere');
    try {
      const answer = await endpoint.mint({ ...bearer(admin.token), 'x-request-id': id }, { name });
      expect(answer.status).toBeGreaterThanOrEqual(500);
      const [line, ...others] = linesOf(id, 'request failed');
      expect(others).toEqual([]);
      expect(line).toMatchObject({ level: 'error', operation: 'createApiKey', code: answer.code });
      expect(line?.['cause']).toMatch(/Error$/);
      expect(JSON.stringify(line)).not.toContain(name);
      expect(JSON.stringify(line)).not.toContain('insert');
    } finally {
      await target.sql('ALTER TABLE sys_api_key_elsewhere RENAME TO sys_api_key');
    }
  });
});
