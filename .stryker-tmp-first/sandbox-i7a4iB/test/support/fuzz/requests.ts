// @ts-nocheck
import fc from 'fast-check';
import type { Person } from '../kernel.ts';
import { document } from './documents.ts';

/** A request as it is sent; everything in it is printable, so that a failure can be read. */
export interface FuzzedRequest {
  readonly endpoint: 'graphql' | 'rest';
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

/** Text that has broken parsers: NUL, halves of surrogate pairs, overrides, the names of prototypes, long runs. */
export const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udc00x',
    '\u202eabc',
    '\u200b',
    '\ufeff',
    'İ',
    'ﬀ',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(255),
    'x'.repeat(256),
    '👩‍👩‍👧‍👧'.repeat(20),
    "'; DROP TABLE sys_api_key; --",
    '{{7*7}}',
    '../../etc/passwd',
    '%00',
    '\r\nSet-Cookie: a=b',
  ),
);
const good = fc.constantFrom('CI', 'Deploy 🚀', 'für Zoë', 'x'.repeat(200));
const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 1e300, -1e300, 1e12, 999999999999, 1893456000, Number.MAX_SAFE_INTEGER, 5e-324),
);
const when = fc.oneof(
  fc
    .date({ min: new Date('2027-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '2031-01-01T00:00:00+14:00',
    '2031-02-30T00:00:00Z',
    '9999-12-31T23:59:59-23:59',
    '2031-01-01',
    '',
    '1e3',
    '+275760-09-13T00:00:00Z',
  ),
  nasty,
  number,
);
const scopes = fc.oneof(
  fc.constantFrom([], ['member_default'], ['member_default', 'member_default'], ['admin_full_access'], ['not_held']),
  fc.array(nasty, { maxLength: 120 }),
  json,
);
const key = fc.oneof(
  fc.constantFrom(
    'name',
    'scopes',
    'expires_at',
    'expiresAt',
    'id',
    'key',
    'userId',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toJSON',
    'then',
  ),
  nasty,
);

/** The input of a mint: often right, often nearly so. */
const input = fc.oneof(
  { weight: 3, arbitrary: fc.record({ name: good }) },
  {
    weight: 3,
    arbitrary: fc.record({ name: fc.oneof(good, nasty, json), scopes, expiresAt: when }, { requiredKeys: [] }),
  },
  { weight: 1, arbitrary: fc.dictionary(key, fc.oneof(json, nasty), { maxKeys: 6 }) },
  { weight: 1, arbitrary: json },
);

/** JSON text: as JSON.stringify writes it, and damaged. */
function damaged(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = value.map((given) => JSON.stringify(given) ?? 'null');
  const cut = fc.tuple(text, fc.double({ min: 0, max: 1, noNaN: true }), nasty).map(([whole, at, inserted]) => {
    const index = Math.floor(at * whole.length);
    return [whole.slice(0, index), whole.slice(0, index) + inserted + whole.slice(index), whole.slice(index)];
  });
  return fc.oneof(
    { weight: 8, arbitrary: text },
    { weight: 2, arbitrary: cut.chain((parts) => fc.constantFrom(...parts)) },
    { weight: 1, arbitrary: text.map((whole) => whole.replace(/^\{"([^"]*)":/, '{"$1":1,"$1":')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '[]',
        'null',
        '"x"',
        '{"a":'.repeat(200),
        '['.repeat(30_000),
        '{"name":"\\ud800"}',
        '{"name":"x"}{"name":"y"}',
        ' '.repeat(70_000),
        '\ufeff{}',
        '{"__proto__":{"polluted":1},"name":"x"}',
        '{"constructor":{"prototype":{"polluted":1}}}',
      ),
    },
  );
}

const CREATE = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id name } key } }';
const graphqlBody = fc.oneof(
  { weight: 4, arbitrary: damaged(input.map((given) => ({ query: CREATE, variables: { input: given } }))) },
  {
    weight: 6,
    arbitrary: damaged(
      fc.record(
        {
          query: document,
          variables: fc.oneof(fc.constant({}), fc.dictionary(fc.constantFrom('a', 'b', 'input', 'id'), json)),
          operationName: fc.option(nasty, { nil: undefined, freq: 8 }),
        },
        { requiredKeys: ['query'] },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: damaged(
      fc.dictionary(
        fc.constantFrom('query', 'variables', 'operationName', 'extensions', '__proto__', 'id'),
        fc.oneof(json, nasty),
      ),
    ),
  },
);
const restBody = damaged(
  input.map((given) =>
    typeof given === 'object' && given !== null && 'expiresAt' in given
      ? { ...given, expires_at: given.expiresAt, expiresAt: undefined }
      : given,
  ),
);

/** Header values: what may be sent at all is Latin-1 without line ends. */
const headerText = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code === 0x7f ? 0x41 : code)),
    maxLength: 40,
  })
  .map((text) => text.trim());
const rarely = (value: fc.Arbitrary<string>) => fc.option(value, { freq: 6, nil: undefined });

function credentials(person: Person, apiKey: string): fc.Arbitrary<Record<string, string>> {
  return fc.oneof(
    { weight: 10, arbitrary: fc.constant({ authorization: `Bearer ${person.token}` }) },
    { weight: 3, arbitrary: fc.constant({ cookie: person.cookie }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Record<string, string>>(
        { 'x-api-key': apiKey },
        { authorization: `ApiKey ${apiKey}`, cookie: person.cookie },
      ),
    },
    { weight: 1, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.record(
        {
          authorization: fc.oneof(
            headerText,
            headerText.map((text) => `Bearer ${text}`),
          ),
          cookie: headerText,
          'x-api-key': headerText,
        },
        { requiredKeys: [] },
      ) as fc.Arbitrary<Record<string, string>>,
    },
  );
}

/** Requests to both endpoints: mostly well-formed, each in some way not quite. */
export function requests(person: Person, apiKey: string): fc.Arbitrary<FuzzedRequest> {
  const headers = fc.record({
    'content-type': fc.oneof(
      { weight: 12, arbitrary: fc.constant('application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'application/json; charset=utf-8',
          'application/json; charset="UTF-8"',
          'text/plain',
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded',
          'application/graphql',
          'application/json;;;',
        ),
      },
      { weight: 1, arbitrary: headerText },
    ),
    accept: rarely(
      fc.oneof(
        fc.constantFrom(
          'application/json',
          'application/graphql-response+json',
          '*/*',
          'text/html',
          'text/event-stream',
          'multipart/mixed',
          'image/png',
          'application/json;q=0',
        ),
        headerText,
      ),
    ),
    'idempotency-key': rarely(fc.oneof(fc.constantFrom('a', 'b', 'x'.repeat(255), 'x'.repeat(256)), headerText)),
    'x-request-id': rarely(headerText),
    origin: rarely(fc.oneof(fc.constantFrom('http://localhost:3000', 'https://evil.example', 'null'), headerText)),
    'sec-fetch-site': rarely(fc.constantFrom('same-origin', 'cross-site', 'none', 'x')),
    'x-forwarded-for': rarely(headerText),
    'content-encoding': rarely(fc.constantFrom('gzip', 'identity', 'br')),
  });
  const method = fc.oneof(
    { weight: 30, arbitrary: fc.constant('POST') },
    { weight: 2, arbitrary: fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD') },
  );
  const below = fc.oneof(
    { weight: 20, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.constantFrom('/', '?x=1', '/x', '/%2e%2e/keys', '/x/rotate', '//', '/openapi.json', '/%'),
        fc.webPath(),
        fc.webQueryParameters().map((query) => `?${query}`),
      ),
    },
  );
  return fc
    .tuple(
      fc.constantFrom('graphql' as const, 'rest' as const),
      credentials(person, apiKey),
      headers,
      method,
      below,
      graphqlBody,
      restBody,
    )
    .map(([endpoint, credential, given, verb, tail, forGraphQL, forRest]) => ({
      endpoint,
      path: `${endpoint === 'graphql' ? '/api/v1/graphql' : '/api/v1/keys'}${tail}`,
      method: verb,
      headers: Object.fromEntries(
        Object.entries({ ...given, ...credential }).filter(([, value]) => value !== undefined),
      ) as Record<string, string>,
      body: verb === 'GET' || verb === 'HEAD' ? undefined : endpoint === 'graphql' ? forGraphQL : forRest,
    }));
}
