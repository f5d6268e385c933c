import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../src/base/errors.ts';
import { idempotentRequest, nextKeyId, parseIdempotencyKey } from '../../../src/keys/input/idempotency.ts';

describe('an Idempotency-Key', () => {
  it.each(['a', '!', '~', 'x'.repeat(255), '"quoted"', 'a,b'])('may be %s', (value) => {
    expect(parseIdempotencyKey(value)).toBe(value);
  });

  it('may be absent', () => {
    expect(parseIdempotencyKey(null)).toBeUndefined();
  });

  it.each(['', ' ', 'a b', 'a, b', '\u007f', '\u00e9', 'a\n', '\u0000', 'x'.repeat(256)])(
    'that is %j is refused without repeating it',
    (value) => {
      let refusal: unknown;
      try {
        parseIdempotencyKey(value);
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(ServiceError);
      expect(refusal).toMatchObject({
        code: 'VALIDATION_FAILED',
        fields: [{ field: 'Idempotency-Key', code: 'invalid_value' }],
      });
      expect((refusal as ServiceError).message).toBe(
        'The Idempotency-Key header must be 1 to 255 visible ASCII characters, such as a UUID.',
      );
    },
  );
});

describe('the identity of a request', () => {
  const who = { userId: 'u', organizationId: 'o' };
  const of = (person: { userId: string; organizationId: string | undefined }, value: string, input: unknown = 1) =>
    idempotentRequest(person, value, input);

  it('is an id of 32 characters that the same request has again', () => {
    expect(of(who, 'v').keyId).toMatch(/^[0-9a-f]{32}$/);
    expect(of(who, 'v')).toEqual(of(who, 'v'));
  });

  it('differs by person, organization, missing organization, and value', () => {
    const ids = [
      of(who, 'v'),
      of({ ...who, userId: 'w' }, 'v'),
      of({ ...who, organizationId: 'p' }, 'v'),
      of({ ...who, organizationId: undefined }, 'v'),
      of(who, 'w'),
      // Parts that read the same when they are joined.
      of({ userId: 'u","o', organizationId: undefined }, 'v'),
      of({ userId: 'uo', organizationId: '' }, 'v'),
      of({ userId: 'u', organizationId: 'ov' }, ''),
    ].map(({ keyId }) => keyId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a fingerprint of the input, which does not change the id', () => {
    expect(of(who, 'v', ['a']).keyId).toBe(of(who, 'v', ['b']).keyId);
    expect(of(who, 'v', ['a']).fingerprint).not.toBe(of(who, 'v', ['b']).fingerprint);
    expect(of(who, 'v', ['a']).fingerprint).toBe(of(who, 'other', ['a']).fingerprint);
  });
});

it('the next id of a request is one like the first, and another for each key', () => {
  const [first, second] = [new Date(0), new Date(1)].map((createdAt) => nextKeyId('k', createdAt));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(nextKeyId('k', new Date(0))).toBe(first);
  expect(new Set([first, second, nextKeyId('l', new Date(0))]).size).toBe(3);
});
