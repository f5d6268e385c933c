// @ts-nocheck
import { randomBytes, randomUUID } from 'node:crypto';
import { generateApiKey } from '@objectstack/core';
import { describe, expect, it } from 'vitest';
import { requestIdFrom } from '../../src/http/request-id.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('a request id', () => {
  it.each([
    ['a UUID', randomUUID()],
    ['a UUID in capitals', randomUUID().toUpperCase()],
    ['a ULID', '01KAV8Z0G5M3J9Q4W7X2Y6T1RB'],
    ['a trace id', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['a nanoid', 'V1StGXR8_Z5jdHi6B-myT'],
    ['a word with a number', 'checkout-page.retry-2'],
    ['one character', '7'],
  ])('is the one that the caller brought: %s', (_kind, id) => {
    expect(requestIdFrom(id)).toBe(id);
  });

  it.each([
    ['an API key', generateApiKey().raw],
    ['an API key in capitals', generateApiKey().raw.toUpperCase()],
    ['an API key without its prefix', generateApiKey().raw.slice('osk_'.length)],
    ['the hash of a key', generateApiKey().hash],
    ['a session token', 'kR3vYq8Zp1TnXw5Lb7Jd2Hs9Gf4Mc6Va'],
    ['a session token without digits', 'kRavYqbZpcTnXwdLbeJdfHsgGfhMciVa'],
    ['a JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
    ['random bytes in hexadecimal', randomBytes(32).toString('hex')],
    ['a line break', 'a\nlevel=error forged'],
    ['a space', 'a b'],
    ['markup', '<script>'],
    ['a quotation mark', '"'],
    ['another alphabet', 'заявка'],
    ['two headers, joined', 'one, two'],
    ['too many characters', 'a-'.repeat(33)],
    ['nothing', ''],
    ['no header', null],
  ])('is a new one instead of %s', (_kind, header) => {
    const id = requestIdFrom(header);
    expect(id).toMatch(UUID);
    expect(id).not.toBe(header);
  });
});
