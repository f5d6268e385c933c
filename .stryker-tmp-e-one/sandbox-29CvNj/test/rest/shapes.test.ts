// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode, ServiceError } from '../../src/base/errors.ts';
import { respelled, toCreateInput } from '../../src/rest/body.ts';
import { errorAnswer } from '../../src/rest/envelope.ts';
import { methodsAt, routeAt } from '../../src/rest/routes.ts';
import { read } from '../support/rest-stand-in.ts';

const refused = (field: string, code: string, message: string): object =>
  expect.objectContaining({ code: 'VALIDATION_FAILED', message, fields: [{ field, code, message }] });

describe('a body of POST /keys', () => {
  it('is the input of the mutation, in another spelling', () => {
    const input = { name: ' as it came ', scopes: ['a', 7], expires_at: 'unchecked' };
    expect(toCreateInput(input)).toEqual({ name: ' as it came ', scopes: ['a', 7], expiresAt: 'unchecked' });
    expect(toCreateInput({})).toEqual({});
  });

  it.each([
    ['seconds', 1_924_992_000, '2031-01-01T00:00:00.000Z'],
    ['milliseconds', 1_924_992_000_000, '2031-01-01T00:00:00.000Z'],
    ['the epoch itself', 0, '1970-01-01T00:00:00.000Z'],
  ])('may say when the key expires as a number: %s', (_case, expires_at, expiresAt) => {
    expect(toCreateInput({ expires_at })).toEqual({ expiresAt });
  });

  it('says no other field as a number', () => {
    expect(toCreateInput({ name: 1_924_992_000, expires_at: null })).toEqual({
      name: 1_924_992_000,
      expiresAt: null,
    });
  });

  it('is refused for a number that is no time', () => {
    const message =
      'The expiry must be a Unix time in seconds or milliseconds, in the years 0 to 9999, or an RFC 3339 date-time.';
    const fault = refused('expires_at', 'invalid_value', message);
    for (const expires_at of [1e300, Number.NaN, -1e14]) expect(() => toCreateInput({ expires_at })).toThrow(fault);
  });

  it.each<[string, object, object]>([
    ['how long the key lives', { expires_in: 'P90D' }, { expiresIn: 'P90D' }],
    ['that it never expires', { expires_in: 'never' }, {}],
    ['that it expires on a date', { expires_in: 'date', expires_at: 'then' }, { expiresAt: 'then' }],
    ['everything, on purpose', { scopes: ['*'] }, { scopes: undefined }],
    ['nothing, with inputs that were cleared', { expires_in: '', expires_at: '', scopes: '' }, {}],
    ['an empty list of scopes, which is refused later', { scopes: [] }, { scopes: [] }],
    ['an empty name, which is refused later', { name: '' }, { name: '' }],
  ])('may say what a form says: %s', (_case, body, input) => {
    expect(toCreateInput(body)).toEqual(input);
  });

  it.each<[object, string, string, string]>([
    [
      { expires_in: 'never', expires_at: '2031-01-01T00:00:00Z' },
      'expires_in',
      'ambiguous',
      'Choose either "never" or a date in expires_at, not both.',
    ],
    [{ expires_in: 'date' }, 'expires_at', 'required', 'Enter the date on which the key expires.'],
    [{ expires_in: 'date', expires_at: '' }, 'expires_at', 'required', 'Enter the date on which the key expires.'],
    [
      { scopes: ['*', 'data:read'] },
      'scopes',
      'ambiguous',
      'Choose either no limit ("*") or the scopes that the key is limited to, not both.',
    ],
  ])('is refused where a form says two things at once: %j', (body, field, code, message) => {
    expect(() => toCreateInput(body)).toThrow(refused(field, code, message));
  });

  it('has no other field, be it of another spelling or of every object', () => {
    const all = 'It has "name", "description", "scopes", "expires_at", "expires_in", "allowed_networks".';
    for (const [field, advice] of [
      ['expiresAt', 'Use "expires_at".'],
      ['user_id', 'A key always belongs to the person who creates it.'],
      ['constructor', all],
      ['__proto__', all],
    ] as const) {
      const fault = refused(field, 'unknown_field', `The input has no field "${field}". ${advice}`);
      expect(() => toCreateInput(JSON.parse(`{"name":"x","${field}":"y"}`))).toThrow(fault);
      expect(() => toCreateInput(JSON.parse(`{"name":"x","${field}":""}`))).toThrow(fault);
    }
  });

  it('is refused with at most ten of its unknown fields', () => {
    const body = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`field_${index}`, index]));
    const fields = Object.keys(body).slice(0, 10);
    expect(() => toCreateInput(body)).toThrow(
      expect.objectContaining({ fields: fields.map((field) => expect.objectContaining({ field })) }),
    );
  });
});

describe('a refusal by the mutation', () => {
  it('is respelled in its fields, and in nothing else', () => {
    const cause = new Error('why');
    const fault = { field: 'expiresAt', code: 'in_the_past', message: 'The expiry must be in the future.' };
    const scopes = { field: 'scopes', code: 'scope_not_held', message: 'No.' };
    const error = new ServiceError('FORBIDDEN', { message: 'No.', fields: [fault, scopes], retryAfter: 3, cause });
    expect(respelled(error)).toMatchObject({
      code: 'FORBIDDEN',
      message: 'No.',
      fields: [{ ...fault, field: 'expires_at' }, scopes],
      headers: { 'Retry-After': '3' },
      cause,
    });
  });

  it('is the same where it names no field', () => {
    const error = new ServiceError('NOT_FOUND');
    expect(respelled(error)).toBe(error);
  });
});

describe('the answer to an error', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])('%s has its status, twice, and its sentence', (code) => {
    const { status, message } = ERRORS[code];
    expect(read(errorAnswer(new ServiceError(code)))).toEqual({
      status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: { success: false, error: { code, message, httpStatus: status } },
    });
  });

  it('has the fields at fault, and the headers that go with it, but stays JSON', () => {
    const fields = [{ field: 'name', code: 'invalid_value', message: 'The name must not be empty.' }];
    const headers = { Allow: 'POST', 'Content-Type': 'text/html' };
    const { headers: sent, body } = read(errorAnswer(new ServiceError('VALIDATION_FAILED', { fields, headers })));
    expect(sent).toEqual({ allow: 'POST', 'content-type': 'application/json; charset=utf-8' });
    expect(body).toMatchObject({ error: { details: { fields } } });
  });
});

describe('the routes', () => {
  it.each([
    ['GET', '', { name: 'listKeys', id: '' }],
    ['HEAD', '', { name: 'listKeys', id: '' }],
    ['POST', '', { name: 'createKey', id: '' }],
    ['PATCH', '/some-id', { name: 'updateKey', id: 'some-id' }],
    ['PATCH', '/openapi.json5', { name: 'updateKey', id: 'openapi.json5' }],
    ['PATCH', '/openapi_json', { name: 'updateKey', id: 'openapi_json' }],
    ['PATCH', '/my-openapi.json', { name: 'updateKey', id: 'my-openapi.json' }],
    ['POST', '/k/rotate', { name: 'rotateKey', id: 'k' }],
    ['POST', '/some-id/rotate', { name: 'rotateKey', id: 'some-id' }],
    ['POST', '/openapi.json/rotate', { name: 'rotateKey', id: 'openapi.json' }],
    ['GET', '/openapi.json', { name: 'describe', id: '' }],
    ['HEAD', '/openapi.json', { name: 'describe', id: '' }],
  ])('%s %s is found', (method, below, route) => {
    expect(routeAt(method, below)).toEqual(route);
  });

  it.each([
    ['', 'GET, HEAD, POST, OPTIONS', ['PUT', 'PATCH', 'DELETE']],
    ['/some-id', 'PATCH, OPTIONS', ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']],
    ['/some-id/rotate', 'POST, OPTIONS', ['GET', 'HEAD', 'PUT', 'DELETE']],
    ['/openapi.json', 'GET, HEAD, OPTIONS', ['POST', 'PUT', 'PATCH', 'DELETE']],
  ])('at %j there are %s and no other', (below, allow, others) => {
    expect(methodsAt(below)).toBe(allow);
    for (const method of others) {
      expect(() => routeAt(method, below)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    }
  });

  it.each([
    '/',
    '//rotate',
    '/a/b/rotate',
    'x/some-id/rotate',
    '/some-id/rotate/',
    '/some-id/rotated',
    'some-id',
    '/some-id/',
    'x/openapi.json',
  ])('at %s there is nothing', (below) => {
    expect(methodsAt(below)).toBeUndefined();
    expect(() => routeAt('POST', below)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});
