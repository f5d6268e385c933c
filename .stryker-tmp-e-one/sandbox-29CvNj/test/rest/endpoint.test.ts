// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { apiKeyPrincipal } from '../../src/auth/principal.ts';
import { ServiceError } from '../../src/base/errors.ts';
import { readOpenApi } from '../../src/rest/openapi.ts';
import { askRest, CREATED, SOMEBODY, written } from '../support/rest-stand-in.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const SECRET = expect.stringMatching(/^osk_[\w-]{43}$/);
const PREFIX = expect.stringMatching(/^osk_[\w-]{8}$/);
const ROTATE = { below: '/k1/rotate', body: '{}' };
const OLD = {
  id: 'k1',
  name: 'old',
  prefix: 'osk_previous',
  user_id: 'u1',
  active_organization_id: 'o1',
  created_at: CREATED,
  revoked: false,
};

const refusal = (code: string, httpStatus: number, message: unknown, fields?: unknown): object => ({
  success: false,
  error: { code, message, httpStatus, ...(fields === undefined ? {} : { details: { fields } }) },
});

const invalidField = (field: string, code: string): object =>
  refusal('VALIDATION_FAILED', 400, expect.any(String), [{ field, code, message: expect.any(String) }]);

describe('POST /keys', () => {
  it('mints a key for the caller, and answers with the key, again under data, and with its address', async () => {
    const body = '{"name":" CI ","scopes":["member_default"],"expires_at":"2031-01-01T00:00:00Z"}';
    const { status, headers, body: answer, orders, exchange, steps } = await askRest({ body });
    expect(orders).toEqual([
      expect.objectContaining({
        owner: SOMEBODY,
        name: 'CI',
        scopes: ['member_default'],
        expiresAt: new Date('2031-01-01T00:00:00Z'),
        replaces: undefined,
        requestId: 'r-1',
      }),
    ]);
    const key = {
      id: 'new key',
      name: 'CI',
      prefix: PREFIX,
      scopes: ['member_default'],
      expires_at: '2031-01-01T00:00:00.000Z',
      active_organization_id: 'o1',
      created_at: CREATED,
      status: 'ACTIVE',
      key: SECRET,
    };
    expect(status).toBe(201);
    expect(answer).toEqual({ ...key, data: key });
    expect(headers).toEqual({ 'content-type': JSON_TYPE, location: '/base/data/sys_api_key/new%20key' });
    expect(exchange).toMatchObject({ operation: 'createApiKey', replayed: false, code: 'OK' });
    expect(steps).toEqual(['authenticate', 'authenticated', 'read the body', 'mint', 'database insert']);
  });

  it('lets a key live for the time that was asked for, counted from now', async () => {
    const before = Date.now();
    const { status, orders } = await askRest({ body: '{"name":"CI","expires_in":"P90D","expires_at":""}' });
    expect(status).toBe(201);
    const life = (orders[0]?.expiresAt?.getTime() ?? 0) - before - 90 * 86_400_000;
    expect(life).toBeGreaterThanOrEqual(0);
    expect(life).toBeLessThan(60_000);
  });

  it('returns 200 with the existing key for a repeat, without the secret and without Location', async () => {
    const write = (order: Parameters<typeof written>[0]) => ({ ...written(order), replayed: true });
    const { status, headers, body, exchange } = await askRest({ idempotencyKey: 'once' }, { write });
    expect(status).toBe(200);
    expect(headers).toEqual({ 'content-type': JSON_TYPE });
    expect(body).toMatchObject({ id: 'new key', key: null, data: { id: 'new key', key: null } });
    expect(exchange.replayed).toBe(true);
  });

  it.each([
    ['an unknown field', '{"name":"CI","user_id":"u2"}', 'user_id', 'unknown_field'],
    ['the spelling of GraphQL', '{"name":"CI","expiresAt":null}', 'expiresAt', 'unknown_field'],
    ['an expiry that is none', '{"name":"CI","expires_at":"tomorrow"}', 'expires_at', 'invalid_value'],
    ['an expiry in the past', '{"name":"CI","expires_at":"2001-01-01T00:00:00Z"}', 'expires_at', 'in_the_past'],
    ['two expiries', '{"name":"CI","expires_in":"P1D","expires_at":"2031-01-01T00:00:00Z"}', 'expires_in', 'ambiguous'],
    ['every scope taken back', '{"name":"CI","scopes":[]}', 'scopes', 'too_small'],
    ['no name', '{}', 'name', 'invalid_type'],
    ['a list', '[]', 'body', 'invalid_type'],
    ['no JSON', '{', 'body', 'malformed_json'],
  ])('of %s writes nothing, and names the field as this endpoint does', async (_case, body, field, code) => {
    const { status, body: answer, orders, exchange } = await askRest({ body });
    expect(status).toBe(400);
    expect(answer).toEqual(invalidField(field, code));
    expect(orders).toEqual([]);
    expect(exchange).toMatchObject({ code: 'VALIDATION_FAILED', reason: code });
  });
});

describe('POST /keys/{id}/rotate', () => {
  it('replaces the key of the path, and answers with the new key and the old one', async () => {
    const { status, headers, body, orders, exchange, steps } = await askRest(
      { ...ROTATE, body: '{"overlap":"PT1H"}' },
      { row: OLD },
    );
    expect(orders).toEqual([
      expect.objectContaining({
        owner: SOMEBODY,
        name: 'old',
        replaces: expect.objectContaining({ id: 'k1', prefix: 'osk_previous', overlap: 3_600_000 }),
      }),
    ]);
    const same = { name: 'old', active_organization_id: 'o1', created_at: CREATED, status: 'ACTIVE' };
    expect(status).toBe(201);
    expect(body).toEqual({
      ...same,
      id: 'new key',
      prefix: PREFIX,
      key: SECRET,
      previous: { ...same, id: 'k1', prefix: 'osk_previous' },
    });
    expect(headers).toEqual({ 'content-type': JSON_TYPE, location: '/base/data/sys_api_key/new%20key' });
    expect(exchange).toMatchObject({ operation: 'rotateApiKey', replayed: false, code: 'OK' });
    expect(steps.slice(0, 3)).toEqual(['authenticate', 'authenticated', 'read the body']);
  });

  it('returns 200 with the existing key for a repeat, without the secret and without Location', async () => {
    const write = (order: Parameters<typeof written>[0]) => ({ ...written(order), replayed: true });
    const { status, headers, body } = await askRest({ ...ROTATE, idempotencyKey: 'once' }, { row: OLD, write });
    expect(status).toBe(200);
    expect(headers).toEqual({ 'content-type': JSON_TYPE });
    expect(body).toMatchObject({ id: 'new key', key: null, previous: { id: 'k1' } });
  });

  it('of no such key is 404', async () => {
    const { status, body, orders } = await askRest(ROTATE);
    expect(status).toBe(404);
    expect(body).toEqual(
      refusal('NOT_FOUND', 404, 'You have no key with this id. The list of keys shows the id of each.'),
    );
    expect(orders).toEqual([]);
  });

  it.each([
    ['an id beside that of the path', '{"id":"k2"}', 'id', 'unknown_field'],
    ['an overlap that is none', '{"overlap":"soon"}', 'overlap', 'invalid_value'],
    ['a list', '[]', 'body', 'invalid_type'],
    ['null', 'null', 'body', 'invalid_type'],
    ['a text', '"PT1H"', 'body', 'invalid_type'],
  ])('with %s replaces nothing', async (_case, body, field, code) => {
    const { status, body: answer, orders } = await askRest({ ...ROTATE, body }, { row: OLD });
    expect(status).toBe(400);
    expect(answer).toEqual(invalidField(field, code));
    expect(orders).toEqual([]);
  });

  it('says of a body that is no object what it must be', async () => {
    const message = 'The request body must be a JSON object, such as { "name": "CI" }.';
    for (const body of ['7', 'null', '[]', '["name"]', '"name"', 'true']) {
      for (const asked of [{ body }, { ...ROTATE, body }]) {
        expect((await askRest(asked, { row: OLD })).body).toMatchObject({ error: { message } });
      }
    }
  });
});

describe.each([
  ['POST /keys', {}],
  ['POST /keys/{id}/rotate', ROTATE],
])('%s', (_operation, asked) => {
  it('rejects a request without a credential with an accepted scheme, before reading the body', async () => {
    const caller = new ServiceError('UNAUTHENTICATED', { headers: { 'WWW-Authenticate': 'Bearer' } });
    const { status, headers, body, steps, orders, exchange } = await askRest(asked, { caller });
    expect(status).toBe(401);
    expect(headers).toEqual({ 'content-type': JSON_TYPE, 'www-authenticate': 'Bearer' });
    expect(body).toEqual(refusal('UNAUTHENTICATED', 401, caller.message));
    expect(steps).toEqual(['authenticate', 'authenticated']);
    expect(orders).toEqual([]);
    expect(exchange.code).toBe('UNAUTHENTICATED');
  });

  it('with an API key is refused before the body is read', async () => {
    const caller = apiKeyPrincipal({ userId: 'u1', email: 'u1@example.test', organizationId: 'o1' }, 'k0');
    const { status, body, steps, orders } = await askRest(asked, { caller, row: OLD });
    expect(status).toBe(403);
    expect(body).toEqual(
      refusal('FORBIDDEN', 403, 'An API key cannot create or change keys. Sign in and use your session.'),
    );
    expect(steps).toEqual(['authenticate', 'authenticated']);
    expect(orders).toEqual([]);
  });

  it.each([
    ['of another type', { headers: { 'content-type': 'text/plain' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'beyond the limit',
      { headers: { 'content-type': 'application/json', 'content-length': '1025' } },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('does not read a body %s', async (_case, headers, status, code) => {
    const told = await askRest({ ...asked, ...headers }, { row: OLD });
    expect(told.body).toEqual(refusal(code, status, expect.any(String)));
    expect(told.status).toBe(status);
    expect(told.steps).toEqual(['authenticate', 'authenticated']);
    expect(told.orders).toEqual([]);
  });

  it('answers what minting refuses, with its headers', async () => {
    const write = () => new ServiceError('RATE_LIMITED', { message: 'Wait.', retryAfter: 7 });
    const { status, headers, body, failures } = await askRest(asked, { row: OLD, write });
    expect(status).toBe(429);
    expect(headers).toEqual({ 'content-type': JSON_TYPE, 'retry-after': '7' });
    expect(body).toEqual(refusal('RATE_LIMITED', 429, 'Wait.'));
    expect(failures).toEqual([]);
  });

  it('rejects an invalid Idempotency-Key', async () => {
    const { status, body, orders } = await askRest({ ...asked, idempotencyKey: 'a b' }, { row: OLD });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { details: { fields: [{ field: 'Idempotency-Key' }] } } });
    expect(orders).toEqual([]);
  });

  it('reveals nothing about a bug in the response, and logs it', async () => {
    const caller = {
      get kind(): never {
        throw new TypeError('osk_defect');
      },
    } as unknown as typeof SOMEBODY;
    const { status, body, failures, exchange } = await askRest(asked, { caller });
    expect(status).toBe(500);
    expect(body).toEqual(
      refusal(
        'INTERNAL_ERROR',
        500,
        'Something went wrong on the server. Its log has more, under the X-Request-Id of this response.',
      ),
    );
    expect(failures).toEqual(['INTERNAL_ERROR']);
    expect(exchange.code).toBe('INTERNAL_ERROR');
  });
});

describe('the other requests', () => {
  it.each(['GET', 'HEAD'])('%s /keys/openapi.json is the description, for anybody', async (method) => {
    const { status, headers, body, steps } = await askRest({ method, below: '/openapi.json' });
    expect(status).toBe(200);
    expect(headers).toEqual({ 'content-type': JSON_TYPE });
    expect(body).toEqual(readOpenApi('/base'));
    expect(steps).toEqual([]);
  });

  it.each([{ below: '/nothing' }, { method: 'DELETE' }])('%j is 404, should the handler be asked', async (asked) => {
    const { body, steps, orders } = await askRest(asked);
    expect(body).toEqual(refusal('NOT_FOUND', 404, 'There is nothing at this address. Check the path.'));
    expect([...steps, ...orders]).toEqual([]);
  });
});
