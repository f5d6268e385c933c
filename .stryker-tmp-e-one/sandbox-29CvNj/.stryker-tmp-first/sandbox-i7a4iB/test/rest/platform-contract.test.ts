// @ts-nocheck
// 
import { FieldErrorCode, makeApiErrorSchema, StandardErrorCode } from '@objectstack/spec/api';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode, ServiceError } from '../../src/base/errors.ts';
import { errorAnswer } from '../../src/rest/envelope.ts';
import { askRest, read } from '../support/rest-stand-in.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];
/** Where the REST endpoint departs from the platform's contract on purpose; docs/rest.md says so. */
const OUR_CODES: ErrorCode[] = [
  'FORBIDDEN',
  'IDEMPOTENCY_KEY_REUSED',
  'KEY_NOT_ACTIVE',
  'LIMIT_REACHED',
  'NOT_FOUND',
  'PAYLOAD_TOO_LARGE',
  'POLICY_VIOLATION',
  'RATE_LIMITED',
  'UNSUPPORTED_MEDIA_TYPE',
  'VALIDATION_FAILED',
];
const OUR_FIELD_CODES = ['ambiguous', 'in_the_past', 'malformed_json', 'scope_not_held', 'too_big', 'too_small'];

describe("the REST endpoint and the platform's contract", () => {
  it('has its own codes where the platform has none that fits, and no others', () => {
    const standard: readonly string[] = StandardErrorCode.options;
    expect(CODES.filter((code) => !standard.includes(code)).sort()).toEqual(OUR_CODES);
  });

  it.each(CODES)('answers %s in the envelope that the platform declares', async (code) => {
    const fields = [{ field: 'name', code: 'required', message: 'A name is required: say what the key is for.' }];
    const { body } = read(errorAnswer(new ServiceError(code, { fields })));
    const { error } = body as { error: unknown };
    expect(makeApiErrorSchema(OUR_CODES).parse(error)).toEqual(error);
    expect(body).toMatchObject({ success: false });
  });

  it.each<[string, string, string]>([
    ['{}', 'name', 'invalid_type'],
    ['{"name":7}', 'name', 'invalid_type'],
    ['{"name":""}', 'name', 'invalid_value'],
    [`{"name":"${'x'.repeat(256)}"}`, 'name', 'too_big'],
    ['{"name":"x","user_id":"u"}', 'user_id', 'unknown_field'],
    ['{"name":"x","scopes":[]}', 'scopes', 'too_small'],
    ['{"name":"x","scopes":["A B"]}', 'scopes', 'invalid_format'],
    ['{"name":"x","expires_at":"soon"}', 'expires_at', 'invalid_value'],
    ['{"name":"x","expires_at":1}', 'expires_at', 'in_the_past'],
    ['{"name":"x","expires_in":"soon"}', 'expires_in', 'invalid_value'],
    ['{"name":"x","expires_in":"never","expires_at":"2031-01-01T00:00:00Z"}', 'expires_in', 'ambiguous'],
    ['{"name":"x","expires_in":"date"}', 'expires_at', 'required'],
    ['{', 'body', 'malformed_json'],
  ])('says of %s which field is at fault, in a code of the platform or a documented one', async (body, field, code) => {
    const { body: answer, orders } = await askRest({ body });
    expect(answer).toMatchObject({ error: { details: { fields: [{ field, code }] } } });
    expect([...FieldErrorCode.options, ...OUR_FIELD_CODES]).toContain(code);
    expect(orders).toEqual([]);
  });

  it('answers a new key bare, and once more as data, which the platform does', async () => {
    const { body } = await askRest({ body: '{"name":"CI"}' });
    const { data, ...bare } = body as { data: object };
    expect(data).toEqual(bare);
  });
});
