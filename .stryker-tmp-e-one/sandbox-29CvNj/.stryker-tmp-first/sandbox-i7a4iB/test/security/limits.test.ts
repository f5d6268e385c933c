// @ts-nocheck
// 
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { expectRefusal } from '../support/refusal.ts';

const GRAPHQL = '/api/v1/graphql';
const KEYS = '/api/v1/keys';
const INVALID = { status: 400, code: 'VALIDATION_FAILED' };
const INVALID_DOCUMENT = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' };

let target: TestKernel;
let admin: Person;
/** The defaults, in production. */
beforeAll(async () => {
  target = await bootKernel({ config: { introspection: false } });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

const json = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    // GraphQL over HTTP: under application/json an error of the document is answered with 200.
    accept: 'application/graphql-response+json',
    ...bearer(admin.token),
    ...headers,
  },
  body,
});
const query = (document: string, variables?: object): RequestInit =>
  json(JSON.stringify({ query: document, variables }));
/** A document of fragments within one another, of three tokens each. */
const ofTokens = (count: number): string => {
  const depth = (count - 6) / 3;
  return `{ viewer { ${'... { '.repeat(depth)} id ${'} '.repeat(depth)} } }`;
};
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const mintBody = (path: string, name: string): string =>
  path === KEYS
    ? JSON.stringify({ name })
    : JSON.stringify({
        query: 'mutation ($name: String!) { createApiKey(input: { name: $name }) { key } }',
        variables: { name },
      });

describe.each([GRAPHQL, KEYS])('a body at %s', (path) => {
  it('within every limit mints', async () => {
    const response = await target.request(path, json(mintBody(path, 'precondition')));
    expect(await response.text()).toContain('osk_');
  });

  it('of more than 64 KiB is refused, declared or not', async () => {
    const body = mintBody(path, 'x'.repeat(64 * 1024));
    const refusal = { status: 413, code: 'PAYLOAD_TOO_LARGE' };
    await expectRefusal(target, path, json(body), refusal);
    const stream = new Blob([body]).stream();
    await expectRefusal(target, path, { ...json(''), body: stream, duplex: 'half' } as RequestInit, refusal);
  });

  it('is not read to its end when it is too long', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
    });
    await expectRefusal(target, path, { ...json(''), body: endless, duplex: 'half' } as RequestInit, {
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    });
    expect(sent).toBeLessThan(256 * 1024);
  });

  it('that is nested too deep is refused', async () => {
    const body =
      path === KEYS ? `{"name":${nested(16)}}` : `{"query":"{ __typename }","variables":{"a":${nested(15)}}}`;
    const { message } = await expectRefusal(target, path, json(body), INVALID);
    expect(message).toContain('nested deeper than 16 levels');
  });

  it('that is nested a hundred thousand levels deep is refused like any other', async () => {
    await expectRefusal(target, path, json(nested(30_000)), INVALID);
  });

  it.each([
    ['twice', (body: string) => body.replace(/"name":/, '"name":"other","name":')],
    ['twice, once with an escape', (body: string) => body.replace(/"name":/, '"n\\u0061me":"other","name":')],
  ])('that has a name %s is refused', async (_case, twist) => {
    const body = twist(mintBody(path, 'x'));
    expect(body).toContain('other');
    const { message } = await expectRefusal(target, path, json(body), INVALID);
    expect(message).toBe('The request body has "name" twice. Send it once.');
  });

  it.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/graphql',
    'application/json; charset=iso-8859-1',
    'application/json, text/plain',
    'application/jsonx',
  ])('of type "%s" is refused', async (type) => {
    await expectRefusal(target, path, json(mintBody(path, 'x'), { 'content-type': type }), {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
  });

  it('that is compressed is refused, and not unpacked', async () => {
    await expectRefusal(target, path, json(mintBody(path, 'x'), { 'content-encoding': 'gzip' }), {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
  });
});

describe('a GraphQL request', () => {
  it('cannot mint twice with aliases', async () => {
    const document = `mutation {
      one: createApiKey(input: { name: "a" }) { key }
      two: createApiKey(input: { name: "b" }) { key }
    }`;
    const { message } = await expectRefusal(target, GRAPHQL, query(document), INVALID_DOCUMENT);
    expect(message).toBe('One request can run one mutation.');
  });

  it('cannot mint twice with fragments', async () => {
    const document = `mutation { ...A ... on Mutation { createApiKey(input: { name: "b" }) { key } } }
      fragment A on Mutation { a: createApiKey(input: { name: "a" }) { key } }`;
    await expectRefusal(target, GRAPHQL, query(document), INVALID_DOCUMENT);
  });

  it('may ask for one mutation in two places, which GraphQL runs once', async () => {
    const before = (await target.storedKeys()).length;
    const document = `mutation { createApiKey(input: { name: "once" }) { key }
      ... on Mutation { createApiKey(input: { name: "once" }) { apiKey { id } } __typename } }`;
    const response = await target.request(GRAPHQL, query(document));
    expect(response.status).toBe(200);
    expect((await target.storedKeys()).length).toBe(before + 1);
  });

  it('cannot be a batch', async () => {
    const one = mintBody(GRAPHQL, 'x');
    await expectRefusal(target, GRAPHQL, json(`[${one},${one}]`), INVALID);
    await expectRefusal(target, GRAPHQL, json(`[${one}]`), INVALID);
  });

  it.each(['image/png', 'text/event-stream', 'multipart/mixed', 'application/json; charset=utf-16', 'é'])(
    'that accepts only %s gets its key in JSON all the same: nothing is minted that nobody sees',
    async (accept) => {
      const response = await target.request(GRAPHQL, json(mintBody(GRAPHQL, 'accepted'), { accept }));
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await response.text()).toMatch(/^\{"data":\{"createApiKey":\{"key":"osk_/);
    },
  );

  it('cannot mint with GET', async () => {
    const document = encodeURIComponent('mutation { createApiKey(input: { name: "x" }) { key } }');
    const before = await target.storedKeys();
    const response = await target.request(`${GRAPHQL}?query=${document}`, { headers: bearer(admin.token) });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.text()).not.toContain('osk_');
    expect(await target.storedKeys()).toEqual(before);
  });

  it('may query with GET, with each parameter once', async () => {
    const url = `${GRAPHQL}?query=${encodeURIComponent('{ viewer { id } }')}`;
    const answered = await target.request(url, { headers: bearer(admin.token) });
    expect(await answered.json()).toEqual({ data: { viewer: { id: admin.id } } });
    await expectRefusal(target, `${url}&query=x`, { headers: bearer(admin.token) }, INVALID);
    await expectRefusal(target, `${url}&variables={`, { headers: bearer(admin.token) }, INVALID);
    await expectRefusal(target, `${url}&variables={"a":${nested(20)}}`, { headers: bearer(admin.token) }, INVALID);
  });

  it('nests as deep as its tokens allow', async () => {
    const response = await target.request(GRAPHQL, query(ofTokens(999)));
    expect(await response.json()).toEqual({ data: { viewer: { id: admin.id } } });
  });

  it('may have as many directives as its tokens allow', async () => {
    const document = `{ viewer { ${'id @include(if: true) '.repeat(120)} } }`;
    const response = await target.request(GRAPHQL, query(document));
    expect(await response.json()).toEqual({ data: { viewer: { id: admin.id } } });
  });

  it('may have 200 comments', async () => {
    const response = await target.request(GRAPHQL, query(`${'#\n'.repeat(200)}{ viewer { id } }`));
    expect(await response.json()).toEqual({ data: { viewer: { id: admin.id } } });
  });

  it.each([
    ['tokens', ofTokens(1002), { status: 400, code: 'GRAPHQL_PARSE_FAILED' }, 'too long'],
    ['comments', `${'#\n'.repeat(201)}{ viewer { id } }`, { status: 400, code: 'GRAPHQL_PARSE_FAILED' }, 'too long'],
    [
      'aliases',
      `{ viewer { ${Array.from({ length: 16 }, (_, n) => `a${n}: id`).join(' ')} } }`,
      INVALID_DOCUMENT,
      'more than 15 aliases',
    ],
    [
      'cost, in fragments that double',
      `{ viewer { ...F0 } } ${Array.from({ length: 14 }, (_, n) => `fragment F${n} on Viewer { ...F${n + 1} ...F${n + 1} }`).join(' ')}
       fragment F14 on Viewer { id }`,
      INVALID_DOCUMENT,
      'more than 5000 fields',
    ],
  ])('is limited in its %s', async (_what, document, refusal, message) => {
    const refused = await expectRefusal(target, GRAPHQL, query(document), refusal);
    expect(refused.text).toContain(message);
  });

  it('with fragments in a circle is refused, and the server goes on', async () => {
    const document = '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }';
    await expectRefusal(target, GRAPHQL, query(document), INVALID_DOCUMENT);
  });
});

describe('in production', () => {
  it.each(['{ __schema { queryType { name } } }', '{ __type(name: "Query") { name } }'])(
    'introspection is refused: %s',
    async (document) => {
      await expectRefusal(target, GRAPHQL, query(document), INVALID_DOCUMENT);
    },
  );

  it.each([
    ['a field', '{ viewe { id } }', undefined],
    ['an argument', 'mutation { createApiKey(inpu: { name: "x" }) { key } }', undefined],
    ['a type', 'query ($i: CreateApiKeyInpu!) { viewer { id } }', undefined],
    ['an input field in the document', 'mutation { createApiKey(input: { name: "x", scope: [] }) { key } }', undefined],
    [
      'an input field in a variable',
      'mutation ($i: CreateApiKeyInput!) { createApiKey(input: $i) { key } }',
      { i: { name: 'x', scope: [] } },
    ],
  ])('a misspelled name of %s gets no suggestion', async (_what, document, variables) => {
    const response = await target.request(GRAPHQL, query(document, variables));
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/did you mean|"viewer"|"scopes"/i);
  });
});
