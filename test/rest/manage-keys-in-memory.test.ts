import { describe, expect, it } from 'vitest';
import type { SessionPrincipal } from '../../src/auth/principal.ts';
import { ServiceError } from '../../src/base/errors.ts';
import { bodyLimits } from '../../src/http/limits.ts';
import { createRestHandler, restEndpointAt } from '../../src/rest/endpoint.ts';
import { KeyDatabase, serviceOn } from '../support/key-database.ts';
import { person } from '../support/minting.ts';
import { read, standInAuthenticator, standInExchange } from '../support/rest-stand-in.ts';

const olga = person('olga', 'org');
const bob = person('bob', 'org');

function rest() {
  const since = '2020-01-01T00:00:00.000Z';
  const database = new KeyDatabase()
    .put(
      'sys_member',
      { user_id: 'olga', organization_id: 'org', role: 'owner', created_at: since },
      { user_id: 'bob', organization_id: 'org', role: 'member', created_at: since },
    )
    .put('sys_user', { id: 'bob', name: 'Bob', email: 'bob@example.test' })
    .putKeys(
      {
        id: 'one',
        user_id: 'bob',
        active_organization_id: 'org',
        created_at: '2030-01-01T00:00:00.000Z',
        scopes: '["data:read"]',
      },
      { id: 'two', user_id: 'bob', active_organization_id: 'org', created_at: '2030-01-02T00:00:00.000Z' },
      {
        id: 'three',
        user_id: 'bob',
        active_organization_id: 'org',
        created_at: '2030-01-03T00:00:00.000Z',
        expires_at: '2999-01-01T00:00:00.000Z',
        last_used_at: '2030-02-01T00:00:00.000Z',
      },
    )
    .put('sys_api_key_detail', {
      id: 'three',
      description: 'Nightly import',
      allowed_networks: '["192.0.2.0/24"]',
      replaces: 'two',
      last_used_via: 'MCP',
      last_used_from: '192.0.2.0/24',
    });
  const { keys, told } = serviceOn(database);
  const ask = async (caller: SessionPrincipal, method: string, below: string, body: unknown = {}) => {
    const exchange = standInExchange([], [], 'rest');
    const endpoint = createRestHandler({
      basePath: '/api/v1',
      keys,
      authenticator: standInAuthenticator([], caller),
      limits: bodyLimits.parse({}),
    });
    const request = {
      method,
      url: `/api/v1/keys${below}`,
      headers: new Headers({ 'content-type': 'application/json' }),
      readBody: async () => new TextEncoder().encode(JSON.stringify(body)),
    };
    const { status, body: answer } = read(await endpoint(request, exchange, below.replace(/\?.*/, '')));
    return { status, body: answer, operation: exchange.operation };
  };
  return { ask, database, told };
}

const refused = (...fields: [string, string][]) => ({
  error: { code: 'VALIDATION_FAILED', details: { fields: fields.map(([field, code]) => ({ field, code })) } },
});

describe('the list of keys', () => {
  it('has pages, each with the cursor of the next', async () => {
    const { ask } = rest();
    const first = await ask(bob, 'GET', '?first=2');
    expect(first).toMatchObject({ status: 200, operation: 'listApiKeys' });
    const { data, has_more, next_cursor } = first.body as {
      data: { id: string }[];
      has_more: boolean;
      next_cursor: string;
    };
    expect([data.map(({ id }) => id), has_more]).toEqual([['three', 'two'], true]);
    const second = await ask(bob, 'GET', `?first=2&after=${next_cursor}`);
    expect(second.body).toEqual({
      data: [
        {
          id: 'one',
          name: 'one',
          prefix: 'osk_one',
          scopes: ['data:read'],
          active_organization_id: 'org',
          created_at: '2030-01-01T00:00:00.000Z',
          status: 'ACTIVE',
        },
      ],
      has_more: false,
    });
    expect((await ask(bob, 'GET', '?first=0')).body).toEqual({ data: [], has_more: true });
    expect((await ask(olga, 'GET', '')).body).toEqual({ data: [], has_more: false });
  });

  it('shows all that is known of a key', async () => {
    const { body } = await rest().ask(bob, 'GET', '?first=1');
    expect(body).toMatchObject({
      data: [
        {
          id: 'three',
          description: 'Nightly import',
          allowed_networks: ['192.0.2.0/24'],
          replaces: 'two',
          expires_at: '2999-01-01T00:00:00.000Z',
          last_used_at: '2030-02-01T00:00:00.000Z',
          last_used_via: 'MCP',
          last_used_from: '192.0.2.0/24',
        },
      ],
    });
  });

  it('does not hide that the networks of a key cannot be read', async () => {
    const { ask, database } = rest();
    database.db.exec("UPDATE sys_api_key_detail SET allowed_networks = '7' WHERE id = 'three'");
    const { body } = await ask(bob, 'GET', '?first=1');
    expect(body).toMatchObject({ data: [{ id: 'three', allowed_networks: ['(unreadable)'] }] });
  });

  it.each([
    ['?search=IMPORT', ['three']],
    ['?search=osk_t', ['three', 'two']],
    ['?status=REVOKED', []],
    ['?status=ACTIVE', ['three', 'two', 'one']],
    ['?expires_within=P36500D', []],
    ['?unused_for=PT1S', []],
    // An empty parameter is the same as none, as in forms.
    ['?status=&search=&first=&after=&expires_within=&unused_for=', ['three', 'two', 'one']],
  ])('is filtered by its parameters: %s', async (query, expected) => {
    const { body } = await rest().ask(bob, 'GET', query);
    expect((body as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(expected);
  });

  it.each([
    ['?first=101', ['first', 'out_of_range']],
    ['?first=1000', ['first', 'out_of_range']],
    ['?first=-1', ['first', 'out_of_range']],
    ['?first=x1', ['first', 'out_of_range']],
    ['?status=LOST', ['status', 'invalid_value']],
    ['?search=a&search=b', ['search', 'ambiguous']],
    ['?limit=5', ['limit', 'unknown_field']],
    ['?owner_id=bob', ['owner_id', 'unknown_field']],
    ['?after=x', ['after', 'invalid_cursor']],
    ['?expires_within=soon', ['expires_within', 'invalid_duration']],
    ['?unused_for=soon', ['unused_for', 'invalid_duration']],
  ] as const)('refuses %s, and names the parameter', async (query, fault) => {
    const { database, ask } = rest();
    expect(await ask(bob, 'GET', query)).toMatchObject({ status: 400, body: refused([...fault]) });
    expect(database.queries).toEqual([]);
  });

  it('names at most ten parameters that it does not know', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `x${n}`);
    const { body } = await rest().ask(bob, 'GET', `?${names.map((name) => `${name}=1`).join('&')}`);
    const { fields } = (body as { error: { details: { fields: { field: string }[] } } }).error.details;
    expect(fields.map(({ field }) => field)).toEqual(names.slice(0, 10));
  });
});

describe('a change of a key', () => {
  it('renames, describes and narrows it, and answers with the key', async () => {
    const { ask, told } = rest();
    const change = { name: 'new', description: 'for CI', scopes: ['data:read'], allowed_networks: '192.0.2.1' };
    const { status, body, operation } = await ask(bob, 'PATCH', '/two', change);
    expect([status, operation]).toEqual([200, 'updateApiKey']);
    expect(body).toMatchObject({ id: 'two', ...change, allowed_networks: ['192.0.2.1'], status: 'ACTIVE' });
    expect(told).toMatchObject([{ action: 'narrow', keyId: 'two' }]);
  });

  it('revokes it by a request of its own', async () => {
    const { ask, database, told } = rest();
    const answer = await ask(bob, 'PATCH', '/two', { revoked: true });
    expect(answer).toMatchObject({ status: 200, operation: 'revokeApiKey', body: { id: 'two', status: 'REVOKED' } });
    expect([database.revoked(), told.map(({ action }) => action)]).toEqual([['two'], ['revoke']]);
  });

  it.each([
    [
      { revoked: false },
      ['revoked', 'invalid_value'],
      'Only true is possible here: it revokes the key. To restore a key, use restoreApiKey of GraphQL.',
    ],
    [
      { revoked: true, name: 'x' },
      ['revoked', 'ambiguous'],
      'Revoke a key by a request of its own, without other changes.',
    ],
    [{ id: 'one' }, ['id', 'unknown_field'], expect.any(String)],
    [{ scopes: ['*', 'data:read'] }, ['scopes', 'ambiguous'], expect.any(String)],
  ] as const)('is refused where it says %j, and nothing is written', async (change, fault, message) => {
    const { ask, database } = rest();
    const { status, body } = await ask(bob, 'PATCH', '/two', change);
    expect({ status, body }).toMatchObject({ status: 400, body: refused([...fault]) });
    expect(body).toMatchObject({ error: { message } });
    expect(database.writes).toEqual([]);
  });

  it('of a key of somebody else is refused as one of none', async () => {
    const { ask, database } = rest();
    expect(await ask(olga, 'PATCH', '/two', { name: 'mine' })).toMatchObject({ status: 404 });
    expect(await ask(bob, 'PATCH', '/nothing', { revoked: true })).toMatchObject({ status: 404 });
    expect(database.writes).toEqual([]);
  });
});

describe('the keys of an organization', () => {
  it('are listed for its administrators, with their owners and whether they break a rule', async () => {
    const { ask, database } = rest();
    database.put('sys_api_key_policy', { id: 'org', require_scopes: 1, who_may_mint: 'MEMBERS' });
    const { status, body, operation } = await ask(olga, 'GET', '/organization?owner_id=bob&first=3');
    expect([status, operation]).toEqual([200, 'listOrganizationApiKeys']);
    const owner = { id: 'bob', name: 'Bob', email: 'bob@example.test' };
    expect(body).toMatchObject({
      data: [
        { id: 'three', owner, violates_policy: true, status: 'ACTIVE' },
        { id: 'two', owner, violates_policy: true },
        { id: 'one', owner, violates_policy: false },
      ],
      has_more: false,
    });
    expect(await ask(bob, 'GET', '/organization')).toMatchObject({ status: 403 });
    const nobody = await ask(olga, 'GET', '/organization?owner_id={x}');
    expect(nobody).toMatchObject({ status: 400, body: refused(['owner_id', 'invalid_value']) });
  });

  it('of one person are ended by an administrator, with an empty body', async () => {
    const { ask, database } = rest();
    const path = '/organization/owners/bob/revoke';
    expect(await ask(bob, 'POST', path)).toMatchObject({ status: 403 });
    expect(await ask(olga, 'POST', path, { all: true })).toMatchObject({ body: refused(['all', 'unknown_field']) });
    expect(database.writes).toEqual([]);
    expect(await ask(olga, 'POST', path)).toEqual({ status: 200, operation: 'revokeApiKeysOf', body: { revoked: 3 } });
    expect(database.revoked()).toEqual(['one', 'three', 'two']);
  });

  it('have rules that every member reads and administrators set', async () => {
    const { ask } = rest();
    const none = {
      max_lifetime: null,
      default_lifetime: null,
      revoke_unused_after: null,
      require_scopes: false,
      who_may_mint: 'MEMBERS',
    };
    const path = '/organization/policy';
    expect(await ask(bob, 'GET', path)).toEqual({ status: 200, operation: 'apiKeyPolicy', body: none });
    const change = { max_lifetime: 'P90D', default_lifetime: 'P30D', revoke_unused_after: '', require_scopes: true };
    expect(await ask(bob, 'PATCH', path, change)).toMatchObject({ status: 403 });
    const changed = { ...none, max_lifetime: 'P90D', default_lifetime: 'P30D', require_scopes: true };
    expect(await ask(olga, 'PATCH', path, change)).toEqual({
      status: 200,
      operation: 'updateApiKeyPolicy',
      body: changed,
    });
    const removed = await ask(olga, 'PATCH', path, { default_lifetime: 'none', max_lifetime: null });
    expect(removed.body).toEqual({ ...none, require_scopes: true });
    expect((await ask(bob, 'GET', path)).body).toEqual(removed.body);
    expect(await ask(olga, 'PATCH', path, { who: 'me' })).toMatchObject({ body: refused(['who', 'unknown_field']) });
  });
});

describe('creating and rotating', () => {
  it('work end to end, and the list shows what came of it', async () => {
    const { ask, database } = rest();
    const created = await ask(bob, 'POST', '', { name: 'fresh', description: 'd', expires_in: 'P1D' });
    expect(created).toMatchObject({ status: 201, body: { name: 'fresh', description: 'd', status: 'ACTIVE' } });
    const { id, key } = created.body as { id: string; key: string };
    expect(key).toMatch(/^osk_/);
    expect(JSON.stringify(database.all('sys_api_key'))).not.toContain(key);
    const rotated = await ask(bob, 'POST', `/${id}/rotate`, {});
    expect(rotated).toMatchObject({
      status: 201,
      body: { name: 'fresh', description: 'd', replaces: id, previous: { id, status: 'REVOKED' } },
    });
  });
});

it('the endpoint says where it is, what it takes, and how it refuses', () => {
  const endpoint = restEndpointAt('/api/v1');
  expect(endpoint).toMatchObject({
    name: 'rest',
    path: '/api/v1/keys',
    nothingHere: 'There is nothing at this address. GET /api/v1/keys/openapi.json lists the routes.',
  });
  expect([endpoint.methods(''), endpoint.methods('/nothing/here')]).toEqual(['GET, HEAD, POST, OPTIONS', undefined]);
  const request = { method: 'GET', url: '/', headers: new Headers(), readBody: async () => new Uint8Array() };
  expect(read(endpoint.refuse(request, new ServiceError('NOT_FOUND')))).toMatchObject({
    status: 404,
    body: { success: false, error: { code: 'NOT_FOUND', httpStatus: 404 } },
  });
});
