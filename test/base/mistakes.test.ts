import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { bearer } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, endMemberships, NO_LIMITS, type Person, type TestKernel } from '../support/kernel.ts';

const GRAPHQL = '/api/v1/graphql';
const KEYS = '/api/v1/keys';
const CREATE = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } key } }';
const SYSTEM = { isSystem: true };

let target: TestKernel;
let admin: Person;
let member: Person;
/** Somebody who was removed from the organization, with a session that lives on. */
let leaver: Person;
/** Somebody who has all the keys that one person may have. */
let full: Person;
/** Somebody who has just made as many keys as one may make at once. */
let fast: Person;
let endedSession: string;
const keys: Record<'live' | 'revoked' | 'expired' | 'reading' | 'elsewhere', { id: string; key: string }> = {
  live: { id: '', key: '' },
  revoked: { id: '', key: '' },
  expired: { id: '', key: '' },
  reading: { id: '', key: '' },
  elsewhere: { id: '', key: '' },
};

async function mint(owner: Person, body: object): Promise<{ id: string; key: string }> {
  const response = await post(KEYS, body, bearer(owner.token));
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; key: string };
}

const post = (path: string, body: unknown, headers: Record<string, string>, method = 'POST'): Promise<Response> =>
  target.request(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

beforeAll(async () => {
  target = await bootKernel({
    config: { logLevel: 'silent', keyLimits: { ...NO_LIMITS, mintLimitPerUser: '6/PT1H', maxActiveKeys: '5' } },
  });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const organizationId = admin.organizationId ?? null;
  [member, leaver, full, fast] = (await Promise.all([1, 2, 3, 4].map(() => target.newPerson({ organizationId })))) as [
    Person,
    Person,
    Person,
    Person,
  ];
  for (const kind of ['live', 'revoked', 'expired'] as const) keys[kind] = await mint(member, { name: kind });
  keys.reading = await mint(member, { name: 'reading', scopes: ['data:read'] });
  keys.elsewhere = await mint(member, { name: 'elsewhere', allowed_networks: ['192.0.2.0/24'] });
  await target.sql('UPDATE sys_api_key SET expires_at = ? WHERE id = ?', ['2026-01-01T00:00:00.000Z', keys.expired.id]);
  await target.engine.update('sys_api_key', { id: keys.revoked.id, revoked: true }, { context: SYSTEM });
  for (let made = 0; made < 5; made += 1) await mint(full, { name: `${made}` });
  for (let made = 0; made < 6; made += 1) {
    const { id } = await mint(fast, { name: `${made}` });
    await target.engine.update('sys_api_key', { id, revoked: true }, { context: SYSTEM });
  }
  await endMemberships(target.engine, leaver.id);
  endedSession = (await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password)).token;
  await target.request('/api/v1/auth/sign-out', { method: 'POST', headers: bearer(endedSession) });
});
afterAll(() => target?.[Symbol.asyncDispose]());

/** What a sentence has that says what to do: something to do, or what would be right. */
const SAYS_WHAT_TO_DO = [
  /\b(?:use|send|give|add|ask|sign in|revoke|create|check|try|switch|choose|write|leave|say|compare|set|run)\b/i,
  /must be|such as|It has|There (?:is|are)|Allowed choices|Mutations take|[Tt]he list of keys shows|lists the routes/,
  /A key always belongs|The service makes|The secret is shown|Your keys are at|can have 0 to/,
];

const saysWhatToDo = (text: string): boolean => SAYS_WHAT_TO_DO.some((pattern) => pattern.test(text));

interface Refused {
  readonly answer: string;
  readonly text: string;
}

async function refusal(response: Response): Promise<Refused> {
  const text = await response.text();
  const body = JSON.parse(text) as {
    errors?: { message: string; extensions: { code: string } }[];
    error?: { message: string; code: string };
  };
  const [error] = body.errors ?? [];
  const { code, message } =
    error === undefined
      ? (body.error ?? { code: '', message: '' })
      : { code: error.extensions.code, message: error.message };
  return { answer: `${response.status} ${code}: ${message}`, text };
}

/** Sends a mistake, and holds what the person is told against the table; nothing is written. */
async function expectSentence(send: () => Promise<Response>, expected: string): Promise<void> {
  const before = await target.storedKeys();
  const { answer, text } = await refusal(await send());
  expect(answer.replace(/in \d+ minutes/, 'in … minutes')).toBe(expected);
  expect(answer.slice(answer.indexOf(':'))).toSatisfy(saysWhatToDo);
  expect(text).not.toMatch(/osk_\w{20}/);
  expect(await target.storedKeys()).toEqual(before);
}

const graphql = (query: unknown, variables?: unknown, headers = bearer(member.token)): Promise<Response> =>
  post(GRAPHQL, { query, variables }, headers);
const create = (input: unknown, headers = bearer(member.token)): Promise<Response> =>
  graphql(CREATE, { input }, headers);
const policy = (input: unknown, headers = bearer(admin.token)): Promise<Response> =>
  graphql(
    'mutation ($input: UpdateApiKeyPolicyInput!) { updateApiKeyPolicy(input: $input) { apiKeyPolicy { maxLifetime } } }',
    { input },
    headers,
  );
const rest = (body: unknown, headers = bearer(member.token), path = KEYS, method = 'POST'): Promise<Response> =>
  post(path, body, headers, method);
const rotate = (id: string, body: unknown = {}, headers = bearer(member.token)): Promise<Response> =>
  post(`${KEYS}/${id}/rotate`, body, headers);

type Mistake = readonly [mistake: string, send: () => Promise<Response>, sentence: string];

describe('at the GraphQL endpoint', () => {
  it.each<Mistake>([
    [
      "REST's spelling of a field",
      () => create({ name: 'x', expires_at: '2031-01-01T00:00:00Z' }),
      '400 VALIDATION_FAILED: The input has no field "expires_at". Use "expiresAt".',
    ],
    [
      "REST's spelling, in the document",
      () => graphql('mutation { createApiKey(input: { name: "x", expires_in: "P1D" }) { key } }'),
      '200 GRAPHQL_VALIDATION_FAILED: The input has no field "expires_in". Use "expiresIn".',
    ],
    [
      '"expiry"',
      () => create({ name: 'x', expiry: 'P1D' }),
      '400 VALIDATION_FAILED: The input has no field "expiry". Use "expiresAt".',
    ],
    [
      '"ttl"',
      () => create({ name: 'x', ttl: 3600 }),
      '400 VALIDATION_FAILED: The input has no field "ttl". Use "expiresIn".',
    ],
    [
      '"permissions"',
      () => create({ name: 'x', permissions: ['data:read'] }),
      '400 VALIDATION_FAILED: The input has no field "permissions". Use "scopes".',
    ],
    [
      'a key for somebody else',
      () => create({ name: 'x', userId: 'usr_1' }),
      '400 VALIDATION_FAILED: The input has no field "userId". A key always belongs to the person who creates it.',
    ],
    [
      'a key in another organization',
      () => create({ name: 'x', organizationId: 'org_1' }),
      '400 VALIDATION_FAILED: The input has no field "organizationId". A key belongs to the active organization of your session: switch to the one that you want first.',
    ],
    [
      'a secret of their own',
      () => create({ name: 'x', key: 'hunter2' }),
      '400 VALIDATION_FAILED: The input has no field "key". The service makes the secret and returns it once, in the response.',
    ],
    [
      'a field that means nothing',
      () => create({ name: 'x', colour: 'red' }),
      '400 VALIDATION_FAILED: The input has no field "colour". It has "name", "description", "scopes", "expiresAt", "expiresIn", "allowedNetworks".',
    ],
    ['no name', () => create({}), '400 VALIDATION_FAILED: The input is missing the field "name". Add it.'],
    [
      'an empty name',
      () => create({ name: ' ' }),
      '400 VALIDATION_FAILED: The name must not be empty: say what the key is for.',
    ],
    [
      'a name that is a number',
      () => create({ name: 7 }),
      '400 VALIDATION_FAILED: Variable "$input": String cannot represent a non string value. Write text as a string, in double quotes.',
    ],
    [
      'an epoch number for a date',
      () => create({ name: 'x', expiresAt: 1924992000 }),
      '400 VALIDATION_FAILED: Variable "$input": A DateTime must be a string. Write an RFC 3339 date-time with an offset, such as "2030-01-31T12:00:00Z".',
    ],
    [
      'a date without a time',
      () => create({ name: 'x', expiresAt: '2031-01-01' }),
      '400 VALIDATION_FAILED: The expiry must be an RFC 3339 date-time with an offset, such as "2030-01-31T12:00:00Z".',
    ],
    [
      'a date in the past',
      () => create({ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }),
      '400 VALIDATION_FAILED: The expiry must be in the future. Give a later date, or leave it out for a key that does not expire.',
    ],
    [
      'a number of days',
      () => create({ name: 'x', expiresIn: 90 }),
      '400 VALIDATION_FAILED: Variable "$input": A Duration must be a string. Write an ISO 8601 duration, such as "P90D" or "PT1H".',
    ],
    [
      'a lifetime in words',
      () => create({ name: 'x', expiresIn: '90 days' }),
      '400 VALIDATION_FAILED: The lifetime must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, at most P36500D, such as "P90D".',
    ],
    [
      'a lifetime in months',
      () => create({ name: 'x', expiresIn: 'P3M' }),
      '400 VALIDATION_FAILED: The lifetime must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, at most P36500D, such as "P90D".',
    ],
    [
      'a date and a lifetime',
      () => create({ name: 'x', expiresAt: '2031-01-01T00:00:00Z', expiresIn: 'P1D' }),
      '400 VALIDATION_FAILED: Give either the date on which the key expires or how long it lives, not both.',
    ],
    [
      'a scope that is not held',
      () => create({ name: 'x', scopes: ['admin_full_access'] }),
      '403 FORBIDDEN: You do not hold the scope "admin_full_access", so you cannot put it on a key. You may use "data:read", "data:write", "actions:execute", "member_default".',
    ],
    [
      'a scope that is a sentence',
      () => create({ name: 'x', scopes: ['read everything'] }),
      '400 VALIDATION_FAILED: A scope must be "data:read", "data:write", "actions:execute" or the name of a permission set.',
    ],
    [
      'an empty list of scopes',
      () => create({ name: 'x', scopes: [] }),
      '400 VALIDATION_FAILED: Give at least one scope, such as "data:read". To create a key that may do everything that you may, leave the scopes out.',
    ],
    [
      'a network that is a host name',
      () => create({ name: 'x', allowedNetworks: ['crm.example.com'] }),
      '400 VALIDATION_FAILED: A network must be an IPv4 or IPv6 address, or a range such as "10.0.0.0/8".',
    ],
    [
      'no variables',
      () => graphql(CREATE),
      '400 VALIDATION_FAILED: Variable "$input" of required type "CreateApiKeyInput!" was not provided. Send it in "variables", beside "query".',
    ],
    [
      'the input without "input"',
      () => graphql('mutation { createApiKey(name: "x") { key } }'),
      '200 GRAPHQL_VALIDATION_FAILED: Unknown argument "name" on field "Mutation.createApiKey". Mutations take one argument: createApiKey(input: { name: "CI" }).',
    ],
    [
      '"id" where the payload has "apiKey"',
      () => graphql('mutation { createApiKey(input: { name: "x" }) { id key } }'),
      '200 GRAPHQL_VALIDATION_FAILED: Cannot query field "id" on type "CreateApiKeyPayload". Use the fields of the key below "apiKey": apiKey { id name }.',
    ],
    [
      'a mutation without a selection',
      () => graphql('mutation { createApiKey(input: { name: "x" }) }'),
      '200 GRAPHQL_VALIDATION_FAILED: Field "createApiKey" of type "CreateApiKeyPayload!" must have a selection of subfields. Did you mean "createApiKey { ... }"? Choose the fields that you want, in braces.',
    ],
    [
      'a mutation of another name',
      () => graphql('mutation { mintKey(input: { name: "x" }) { key } }'),
      '200 GRAPHQL_VALIDATION_FAILED: Cannot query field "mintKey" on type "Mutation". Use createApiKey(input: { name: "CI" }) to create a key.',
    ],
    [
      'deleting',
      () => graphql('mutation { deleteApiKey(input: { id: "x" }) { apiKey { id } } }'),
      '200 GRAPHQL_VALIDATION_FAILED: Cannot query field "deleteApiKey" on type "Mutation". Did you mean "createApiKey", "revokeApiKey", "rotateApiKey", "updateApiKey", or "restoreApiKey"? Use revokeApiKey(input: { id: "…" }) to end a key.',
    ],
    [
      'the secret of a key that exists',
      () => graphql('{ viewer { apiKeys { nodes { key } } } }'),
      '200 GRAPHQL_VALIDATION_FAILED: Cannot query field "key" on type "ApiKey". The secret is shown once, beside "apiKey", in the response that creates or rotates the key.',
    ],
    [
      'the keys at the root',
      () => graphql('{ apiKeys { nodes { id } } }'),
      '200 GRAPHQL_VALIDATION_FAILED: Cannot query field "apiKeys" on type "Query". Did you mean "apiKey"? Your keys are at viewer { apiKeys { nodes { id name } } }.',
    ],
    [
      '"limit" for a page',
      () => graphql('{ viewer { apiKeys(limit: 5) { nodes { id } } } }'),
      '200 GRAPHQL_VALIDATION_FAILED: Unknown argument "limit" on field "Viewer.apiKeys". Did you mean "first"? Ask for a page with "first" and "after".',
    ],
    [
      'a page of a thousand',
      () => graphql('{ viewer { apiKeys(first: 1000) { nodes { id } } } }'),
      '400 VALIDATION_FAILED: A page can have 0 to 100 keys. Ask for more page by page, with the cursor of each page.',
    ],
    [
      'a cursor of their own',
      () => graphql('{ viewer { apiKeys(after: "2") { nodes { id } } } }'),
      '400 VALIDATION_FAILED: The cursor is not valid. Use one that an earlier page returned.',
    ],
    [
      'a status in small letters',
      () => graphql('{ viewer { apiKeys(status: active) { nodes { id } } } }'),
      '200 GRAPHQL_VALIDATION_FAILED: Value "active" does not exist in "ApiKeyStatus" enum. Did you mean the enum value "ACTIVE"? Use ACTIVE, EXPIRED, REVOKED or OWNER_LEFT.',
    ],
    [
      'a filter in days',
      () => graphql('{ viewer { apiKeys(expiresWithin: "14d") { nodes { id } } } }'),
      '400 VALIDATION_FAILED: The duration must be in the ISO 8601 form with weeks, days, hours, minutes and seconds, such as P90D, and at most P36500D.',
    ],
    [
      'a rule in words',
      () => policy({ maxLifetime: '90 days' }),
      '400 VALIDATION_FAILED: The lifetime must be an ISO 8601 duration from PT1S to P36500D, such as "P90D".',
    ],
    [
      'a disuse of an hour',
      () => policy({ revokeUnusedAfter: 'PT1H' }),
      '400 VALIDATION_FAILED: The time without use must be an ISO 8601 duration from P1D to P36500D, such as "P90D".',
    ],
    [
      'a default that is longer than the maximum',
      () => policy({ maxLifetime: 'P30D', defaultLifetime: 'P90D' }),
      '400 VALIDATION_FAILED: The default lifetime must not exceed the maximum lifetime, which is P30D. Give a shorter one.',
    ],
    [
      'minters in small letters',
      () => policy({ whoMayMint: 'administrators' }),
      '400 VALIDATION_FAILED: Variable "$input": Value "administrators" does not exist in "ApiKeyMinters" enum. Did you mean the enum value "ADMINISTRATORS"? Use MEMBERS or ADMINISTRATORS.',
    ],
    [
      '"yes" for scopes that are required',
      () => policy({ requireScopes: 'yes' }),
      '400 VALIDATION_FAILED: Variable "$input": Boolean cannot represent a non boolean value. Write true or false, without quotes.',
    ],
    [
      'a rule that does not exist',
      () => policy({ maxKeys: 5 }),
      '400 VALIDATION_FAILED: The input has no field "maxKeys". It has "maxLifetime", "defaultLifetime", "revokeUnusedAfter", "requireScopes", "whoMayMint".',
    ],
    [
      'a rule, by a member',
      () => policy({ requireScopes: true }, bearer(member.token)),
      '403 FORBIDDEN: Only owners and administrators of the active organization may do this. Ask one of them.',
    ],
    [
      'a missing brace',
      () => graphql('{ viewer { id }'),
      '200 GRAPHQL_PARSE_FAILED: Syntax Error: Expected Name. Check braces, brackets and quotes; "locations" says where.',
    ],
    [
      'no query',
      () => post(GRAPHQL, { mutation: 'x' }, bearer(member.token)),
      '400 VALIDATION_FAILED: A GraphQL request has no "mutation". It has "query", "variables", "operationName" and "extensions"; put values for the query into "variables". The query must be a string with a GraphQL document, such as "{ viewer { id } }".',
    ],
    [
      'a list of requests',
      () => post(GRAPHQL, [{ query: '{ viewer { id } }' }], bearer(member.token)),
      '400 VALIDATION_FAILED: Send one GraphQL request, as a JSON object such as { "query": "{ viewer { id } }" }.',
    ],
    [
      'a mutation by GET',
      () =>
        target.request(
          `${GRAPHQL}?query=${encodeURIComponent('mutation { createApiKey(input: { name: "x" }) { key } }')}`,
          { headers: bearer(member.token) },
        ),
      '405 METHOD_NOT_ALLOWED: A mutation is sent with POST. Use POST.',
    ],
    [
      'a subscription',
      () => graphql('subscription { apiKeys { id } }'),
      '200 GRAPHQL_VALIDATION_FAILED: The subscription operation is not supported by the schema. Use a query or a mutation.',
    ],
    [
      'no credentials',
      () => create({ name: 'x' }, {} as never),
      '401 UNAUTHENTICATED: Sign in first. This request needs a session token ("Authorization: Bearer …") or a session cookie.',
    ],
    [
      'a session that has ended',
      () => create({ name: 'x' }, bearer(endedSession)),
      '401 UNAUTHENTICATED: This session has ended, or belongs to another server. Sign in again.',
    ],
    [
      'a session of another server',
      () => create({ name: 'x' }, bearer('AbCdEfGhIjKlMnOpQrStUvWxYz012345')),
      '401 UNAUTHENTICATED: This session has ended, or belongs to another server. Sign in again.',
    ],
    [
      'a cookie from another page',
      () => create({ name: 'x' }, { cookie: member.cookie, origin: 'https://evil.example' } as never),
      '403 FORBIDDEN: A session cookie is accepted only from a trusted origin (BASE_URL and TRUSTED_ORIGINS). Ask the operator to trust the origin of this page, or send the session token as "Authorization: Bearer …".',
    ],
    [
      'a cookie that has ended',
      () =>
        create({ name: 'x' }, { cookie: 'better-auth.session_token=x.y', origin: 'http://localhost:3000' } as never),
      '401 UNAUTHENTICATED: The session cookie is invalid or has expired. Sign in again.',
    ],
    [
      'a password in place of a token',
      () => create({ name: 'x' }, { authorization: 'Basic YTpi' } as never),
      '401 UNAUTHENTICATED: The credential is malformed or there is more than one. Send one: a session token as "Authorization: Bearer …", or an API key as "x-api-key: …".',
    ],
    [
      'an API key',
      () => create({ name: 'x' }, bearer(keys.live.key)),
      '403 FORBIDDEN: An API key cannot create or change keys. Sign in and use your session.',
    ],
    [
      'an API key that is revoked',
      () => graphql('{ viewer { id } }', {}, bearer(keys.revoked.key)),
      '401 UNAUTHENTICATED: This API key does not work: it is unknown, revoked or expired, its owner has left, or it may not be used from this network. Use another key, or sign in.',
    ],
    [
      'the cap',
      () => create({ name: 'x' }, bearer(full.token)),
      '403 LIMIT_REACHED: You have 5 active keys, which is the limit. Revoke one that you no longer need.',
    ],
    [
      'too fast',
      () => create({ name: 'x' }, bearer(fast.token)),
      '429 RATE_LIMITED: You create keys faster than this server allows. Try again in … minutes.',
    ],
    [
      'no member any more',
      () => create({ name: 'x' }, bearer(leaver.token)),
      '401 UNAUTHENTICATED: This session has ended, or belongs to another server. Sign in again.',
    ],
    [
      'the keys of the organization, as a member',
      () => graphql('{ organization { apiKeys { nodes { id } } } }'),
      '403 FORBIDDEN: Only owners and administrators of the active organization may do this. Ask one of them.',
    ],
    [
      'revoking by the key itself',
      () => graphql(`mutation { revokeApiKey(input: { id: "${keys.live.key}" }) { apiKey { id } } }`),
      '400 VALIDATION_FAILED: This is a key or its prefix, not its id. The list of keys shows the id of each.',
    ],
    [
      "rotating somebody else's key",
      () => graphql(`mutation { rotateApiKey(input: { id: "${keys.live.id}" }) { key } }`, {}, bearer(admin.token)),
      '404 NOT_FOUND: You have no key with this id. The list of keys shows the id of each.',
    ],
    [
      'rotating a revoked key',
      () => graphql(`mutation { rotateApiKey(input: { id: "${keys.revoked.id}" }) { key } }`),
      '409 KEY_NOT_ACTIVE: This key is revoked or has expired, so it cannot be rotated. Create a new key.',
    ],
    [
      'an overlap in seconds',
      () => graphql(`mutation { rotateApiKey(input: { id: "${keys.live.id}", overlap: 3600 }) { key } }`),
      '200 GRAPHQL_VALIDATION_FAILED: A Duration must be a string. Write an ISO 8601 duration, such as "P90D" or "PT1H".',
    ],
    [
      'an overlap of a month',
      () => graphql(`mutation { rotateApiKey(input: { id: "${keys.live.id}", overlap: "P30D" }) { key } }`),
      '400 VALIDATION_FAILED: The overlap must be an ISO 8601 duration from PT0S to P7D, such as "PT1H".',
    ],
    [
      'a path below',
      () => post(`${GRAPHQL}/keys`, {}, bearer(member.token)),
      '404 NOT_FOUND: There is nothing at this address. Send GraphQL requests to /api/v1/graphql.',
    ],
  ])('%s', (_mistake, send, sentence) => expectSentence(send, sentence));
});

describe('at the REST endpoint', () => {
  it.each<Mistake>([
    [
      "GraphQL's spelling of a rule",
      () => rest({ requireScopes: true }, bearer(admin.token), `${KEYS}/organization/policy`, 'PATCH'),
      '400 VALIDATION_FAILED: The input has no field "requireScopes". Use "require_scopes".',
    ],
    [
      'a rule with a value in words',
      () => rest({ require_scopes: 'always' }, bearer(admin.token), `${KEYS}/organization/policy`, 'PATCH'),
      '400 VALIDATION_FAILED: Whether scopes are required must be true or false.',
    ],
    [
      'the keys of the organization, by a member',
      () => target.request(`${KEYS}/organization`, { headers: bearer(member.token) }),
      '403 FORBIDDEN: Only owners and administrators of the active organization may do this. Ask one of them.',
    ],
    [
      'the person to revoke in the body',
      () => rest({ user_id: member.id }, bearer(admin.token), `${KEYS}/organization/owners/x/revoke`),
      '400 VALIDATION_FAILED: The input has no field "user_id". Leave it out.',
    ],
    [
      "GraphQL's spelling of a field",
      () => rest({ name: 'x', expiresAt: '2031-01-01T00:00:00Z' }),
      '400 VALIDATION_FAILED: The input has no field "expiresAt". Use "expires_at".',
    ],
    [
      '"expiresIn"',
      () => rest({ name: 'x', expiresIn: 'P90D' }),
      '400 VALIDATION_FAILED: The input has no field "expiresIn". Use "expires_in".',
    ],
    [
      '"allowedNetworks"',
      () => rest({ name: 'x', allowedNetworks: ['10.0.0.0/8'] }),
      '400 VALIDATION_FAILED: The input has no field "allowedNetworks". Use "allowed_networks".',
    ],
    [
      '"scope"',
      () => rest({ name: 'x', scope: 'data:read' }),
      '400 VALIDATION_FAILED: The input has no field "scope". Use "scopes".',
    ],
    [
      '"input" around it',
      () => rest({ input: { name: 'x' } }),
      '400 VALIDATION_FAILED: The input has no field "input". It has "name", "description", "scopes", "expires_at", "expires_in", "allowed_networks".',
    ],
    [
      'a key for somebody else',
      () => rest({ name: 'x', user_id: 'usr_1' }),
      '400 VALIDATION_FAILED: The input has no field "user_id". A key always belongs to the person who creates it.',
    ],
    ['no name', () => rest({}), '400 VALIDATION_FAILED: A name is required: say what the key is for.'],
    [
      'a name that is too long',
      () => rest({ name: 'x'.repeat(256) }),
      '400 VALIDATION_FAILED: The name must be at most 255 characters.',
    ],
    [
      'scopes as one string',
      () => rest({ name: 'x', scopes: 'data:read' }),
      '400 VALIDATION_FAILED: The scopes must be a list of strings.',
    ],
    [
      'a scope that is not held',
      () => rest({ name: 'x', scopes: ['data:read', 'admin_full_access'] }),
      '403 FORBIDDEN: You do not hold the scope "admin_full_access", so you cannot put it on a key. You may use "data:read", "data:write", "actions:execute", "member_default".',
    ],
    [
      'a date in words',
      () => rest({ name: 'x', expires_at: 'tomorrow' }),
      '400 VALIDATION_FAILED: The expiry must be an RFC 3339 date-time with an offset, such as "2030-01-31T12:00:00Z".',
    ],
    [
      'a number of days',
      () => rest({ name: 'x', expires_in: 90 }),
      '400 VALIDATION_FAILED: The lifetime must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, at most P36500D, such as "P90D".',
    ],
    [
      '"never" and a date',
      () => rest({ name: 'x', expires_in: 'never', expires_at: '2031-01-01T00:00:00Z' }),
      '400 VALIDATION_FAILED: Choose either "never" or a date in expires_at, not both.',
    ],
    [
      'no JSON',
      () => rest('{ name: "x" }'),
      '400 VALIDATION_FAILED: The request body is not valid JSON in UTF-8. Check its quotes, commas and brackets; put names and strings in double quotes.',
    ],
    [
      'a form',
      () => rest('name=x', { ...bearer(member.token), 'content-type': 'application/x-www-form-urlencoded' }),
      '415 UNSUPPORTED_MEDIA_TYPE: Send the request body as JSON, with the header "Content-Type: application/json".',
    ],
    [
      'a list',
      () => rest([{ name: 'x' }]),
      '400 VALIDATION_FAILED: The request body must be a JSON object, such as { "name": "CI" }.',
    ],
    [
      'a name twice',
      () => rest('{ "name": "x", "name": "y" }'),
      '400 VALIDATION_FAILED: The request body has "name" twice. Send it once.',
    ],
    [
      'an Idempotency-Key with spaces',
      () => rest({ name: 'x' }, { ...bearer(member.token), 'idempotency-key': 'my key' }),
      '400 VALIDATION_FAILED: The Idempotency-Key header must be 1 to 255 visible ASCII characters, such as a UUID.',
    ],
    [
      'no credentials',
      () => rest({ name: 'x' }, {} as never),
      '401 UNAUTHENTICATED: Sign in first. This request needs a session token ("Authorization: Bearer …") or a session cookie.',
    ],
    [
      'an API key',
      () => rest({ name: 'x' }, { 'x-api-key': keys.live.key } as never),
      '403 FORBIDDEN: An API key cannot create or change keys. Sign in and use your session.',
    ],
    [
      'an API key that has expired',
      () => rest({ name: 'x' }, { 'x-api-key': keys.expired.key } as never),
      '401 UNAUTHENTICATED: This API key does not work: it is unknown, revoked or expired, its owner has left, or it may not be used from this network. Use another key, or sign in.',
    ],
    [
      'an API key from another network',
      () => rest({ name: 'x' }, { 'x-api-key': keys.elsewhere.key } as never),
      '401 UNAUTHENTICATED: This API key does not work: it is unknown, revoked or expired, its owner has left, or it may not be used from this network. Use another key, or sign in.',
    ],
    [
      'two different keys',
      () => rest({ name: 'x' }, { 'x-api-key': keys.live.key, authorization: `Bearer ${keys.reading.key}` } as never),
      '401 UNAUTHENTICATED: The credential is malformed or there is more than one. Send one: a session token as "Authorization: Bearer …", or an API key as "x-api-key: …".',
    ],
    [
      'a session that has ended',
      () => rest({ name: 'x' }, bearer(endedSession)),
      '401 UNAUTHENTICATED: This session has ended, or belongs to another server. Sign in again.',
    ],
    [
      'the cap',
      () => rest({ name: 'x' }, bearer(full.token)),
      '403 LIMIT_REACHED: You have 5 active keys, which is the limit. Revoke one that you no longer need.',
    ],
    [
      'another method',
      () => target.request(KEYS, { method: 'DELETE', headers: bearer(member.token) }),
      '405 METHOD_NOT_ALLOWED: This method is not allowed here. Use GET or HEAD or POST.',
    ],
    [
      'another path',
      () => post(`${KEYS}/${keys.live.id}/revoke`, {}, bearer(member.token)),
      '404 NOT_FOUND: There is nothing at this address. GET /api/v1/keys/openapi.json lists the routes.',
    ],
    [
      'rotating a key that does not exist',
      () => rotate('nope'),
      '404 NOT_FOUND: You have no key with this id. The list of keys shows the id of each.',
    ],
    [
      'rotating a key that has expired',
      () => rotate(keys.expired.id),
      '409 KEY_NOT_ACTIVE: This key is revoked or has expired, so it cannot be rotated. Create a new key.',
    ],
    [
      'rotating with a name',
      () => rotate(keys.live.id, { name: 'y' }),
      '400 VALIDATION_FAILED: The input has no field "name". It has "overlap".',
    ],
  ])('%s', (_mistake, send, sentence) => expectSentence(send, sentence));
});

describe('at the terminal', () => {
  it.each<readonly [string, readonly string[], Record<string, string | undefined>, string]>([
    [
      'no name',
      ['mint'],
      {},
      "2 error: required option '--name <name>' not specified\nRun objectstack-api-keys mint --help for what there is.",
    ],
    [
      'a command of another name',
      ['create'],
      {},
      "2 error: unknown command 'create'\n(Did you mean rotate?)\nRun objectstack-api-keys --help for what there is.",
    ],
    [
      'an option of another name',
      ['mint', '--name', 'x', '--expires-in', 'P1D'],
      {},
      "2 error: unknown option '--expires-in'\n(Did you mean --expires?)\nRun objectstack-api-keys mint --help for what there is.",
    ],
    [
      'an expiry in words',
      ['mint', '--name', 'x', '--expires', 'tomorrow'],
      {},
      '2 --expires must be an RFC 3339 date-time (2030-01-31T12:00:00Z), or an ISO 8601 duration of weeks, days, hours, minutes and seconds (P90D, PT12H).',
    ],
    [
      'an expiry in the past',
      ['mint', '--name', 'x', '--expires', '2020-01-01T00:00:00Z'],
      {},
      '1 The expiry must be in the future. Give a later date, or leave it out for a key that does not expire.',
    ],
    [
      'a scope that is not held',
      ['mint', '--name', 'x', '--scope', 'admin_full_access'],
      {},
      '1 You do not hold the scope "admin_full_access", so you cannot put it on a key. You may use "data:read", "data:write", "actions:execute", "member_default".',
    ],
    [
      'an unknown status',
      ['list', '--status', 'dead'],
      {},
      "2 error: option '--status <status>' argument 'dead' is invalid. Allowed choices are active, expired, revoked, owner-left.\nRun objectstack-api-keys list --help for what there is.",
    ],
    [
      'a filter in days',
      ['list', '--expires-within', '14d'],
      {},
      '1 The duration must be in the ISO 8601 form with weeks, days, hours, minutes and seconds, such as P90D, and at most P36500D.',
    ],
    [
      'no id',
      ['revoke'],
      {},
      "2 error: missing required argument 'id'\nRun objectstack-api-keys revoke --help for what there is.",
    ],
    [
      'a key in place of its id',
      ['revoke', `osk_${'A'.repeat(43)}`],
      {},
      '2 This is a key, not the id of a key. Give the id, which "list" shows; others can read what is on a command line.',
    ],
    [
      'the beginning of a key in place of its id',
      ['revoke', 'osk_AAAAAAAA'],
      {},
      '1 This is a key or its prefix, not its id. The list of keys shows the id of each.',
    ],
    [
      'an id that does not exist',
      ['revoke', 'nope'],
      {},
      '1 You have no key with this id. The list of keys shows the id of each.',
    ],
    [
      'an address without a scheme',
      ['list', '--url', 'crm.example.com'],
      {},
      '2 --url must be an http or https address, such as https://crm.example.com',
    ],
    [
      'plain http to another machine',
      ['list', '--url', 'http://crm.example.com'],
      {},
      '2 http://crm.example.com is plain http: others on the network could read your password, your session and the key. Use https, or --insecure if you trust the network.',
    ],
    [
      'nobody signed in',
      ['list'],
      { OBJECTSTACK_TOKEN: undefined },
      '3 Not signed in. Run login --save, or set OBJECTSTACK_TOKEN to a session token, or give --email and the password on standard input.',
    ],
    [
      'a key for a session',
      ['list'],
      { OBJECTSTACK_TOKEN: `osk_${'A'.repeat(43)}` },
      '3 OBJECTSTACK_TOKEN holds an API key, but keys cannot manage keys. Set it to a session token.',
    ],
    [
      'a session that has ended',
      ['list'],
      { OBJECTSTACK_TOKEN: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345' },
      '3 The session in OBJECTSTACK_TOKEN has ended or belongs to another server than <server>. Sign in again, or unset the variable.',
    ],
    [
      'a key that does not work',
      ['whoami'],
      { OBJECTSTACK_API_KEY: `osk_${'A'.repeat(43)}` },
      '3 This API key does not work: it is unknown, revoked or expired, its owner has left, or it may not be used from this network. Use another key, or sign in.',
    ],
  ])('%s', async (_mistake, args, env, sentence) => {
    const before = await target.storedKeys();
    const { code, stdout, stderr } = await runCli(args, {
      env: { OBJECTSTACK_URL: target.url, OBJECTSTACK_TOKEN: member.token, XDG_CONFIG_HOME: '/nonexistent', ...env },
    });
    expect(stdout).toBe('');
    expect(`${code} ${stderr}`.replaceAll(target.url, '<server>')).toBe(`${sentence}\n`);
    expect(stderr).toSatisfy(saysWhatToDo);
    expect(await target.storedKeys()).toEqual(before);
  });
});
