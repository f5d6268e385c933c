// @ts-nocheck
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenFromBearer, tokenFromCookie } from '../../src/auth/session-token.ts';

const SECRET = 'a secret of the tests';
const NAME = 'better-auth.session_token';
const TOKEN = 'A'.repeat(32);
const signature = (token: string, secret = SECRET): string =>
  createHmac('sha256', secret).update(token).digest('base64');
const signed = (token: string, secret = SECRET): string => encodeURIComponent(`${token}.${signature(token, secret)}`);

describe('the session token in a bearer credential', () => {
  it('is the credential itself, or its signed form', () => {
    expect(tokenFromBearer(TOKEN, SECRET)).toBe(TOKEN);
    expect(tokenFromBearer(signed(TOKEN), SECRET)).toBe(TOKEN);
    expect(tokenFromBearer(`${TOKEN}.${signature(TOKEN)}`, SECRET)).toBe(TOKEN);
  });

  it.each([
    ['with a signature by another secret', signed(TOKEN, 'another')],
    ['with the signature of another token', `${TOKEN}.${signature('B'.repeat(32))}`],
    ['with an empty signature', `${TOKEN}.`],
    ['with half a signature', `${TOKEN}.${signature(TOKEN).slice(0, 20)}`],
    ['with two signatures', `${TOKEN}.${signature(TOKEN)}.${signature(TOKEN)}`],
    ['that is too short', 'A'.repeat(15)],
    ['that is too long', 'A'.repeat(129)],
    ['that is too long, signed', signed('A'.repeat(129))],
    ['with characters that tokens do not have', `${TOKEN}/`],
    ['that cannot be decoded', `${TOKEN}.%E0%A4%A`],
    ['that is empty', ''],
  ])('is none %s', (_case, bearer) => {
    expect(tokenFromBearer(bearer, SECRET)).toBeUndefined();
  });
});

describe('the session token in a cookie', () => {
  const read = (header: string): string | undefined => tokenFromCookie(header, NAME, SECRET);

  it('is that of the one signed cookie with the name, among others', () => {
    expect(read(`${NAME}=${signed(TOKEN)}`)).toBe(TOKEN);
    expect(read(`a=b; ${NAME}=${signed(TOKEN)}; c; =d`)).toBe(TOKEN);
    expect(read(`${NAME}x; ${NAME}=${signed(TOKEN)}`)).toBe(TOKEN);
    // A browser may send one cookie for two paths.
    expect(read(`${NAME}=${signed(TOKEN)}; ${NAME}=${signed(TOKEN)}`)).toBe(TOKEN);
    expect(read(`${NAME} = ${signed(TOKEN)} ;${NAME}=${signed(TOKEN)}`)).toBe(TOKEN);
  });

  it.each([
    ['without a signature', `${NAME}=${TOKEN}`],
    ['with a wrong signature', `${NAME}=${signed(TOKEN, 'another')}`],
    ['under another name', `x-${NAME}=${signed(TOKEN)}`],
    ['under a name that differs in case', `${NAME.toUpperCase()}=${signed(TOKEN)}`],
    ['with a second value', `${NAME}=${signed(TOKEN)}; ${NAME}=${signed('B'.repeat(32))}`],
    ['with a planted second value that is not signed', `${NAME}=planted; ${NAME}=${signed(TOKEN)}`],
    ['in an empty header', ''],
  ])('is none %s', (_case, header) => {
    expect(read(header)).toBeUndefined();
  });
});
