// @ts-nocheck
// 
import { expect, it } from 'vitest';
import { carriesApiKey } from '../../../src/keys/admission/carries-api-key.ts';

const KEY = `osk_${'a'.repeat(43)}`;

it.each<[string, Record<string, string>]>([
  ['X-API-Key', { 'X-API-Key': KEY }],
  ['X-API-Key with something that is no key', { 'x-api-key': 'anything' }],
  ['the ApiKey scheme', { authorization: `ApiKey ${KEY}` }],
  ['the ApiKey scheme in another case, with two spaces', { authorization: `aPIkEY  ${KEY}` }],
  ['the ApiKey scheme with something that is no key', { authorization: 'ApiKey anything' }],
  ['a bearer token that is a key', { authorization: `Bearer ${KEY}` }],
  ['a key without a scheme', { authorization: KEY }],
  ['a session token, and a key behind it', { authorization: `Bearer session, Bearer ${KEY}` }],
  ['a session token, and an ApiKey credential behind it', { authorization: 'Bearer session, ApiKey other' }],
  ['a session cookie and a key', { cookie: 'better-auth.session_token=token.signature', 'x-api-key': KEY }],
  ['a session token and a key', { authorization: 'Bearer session', 'x-api-key': KEY }],
])('a request with %s carries a key', (_, headers) => {
  expect(carriesApiKey(new Headers(headers))).toBe(true);
});

it.each<[string, Record<string, string>]>([
  ['nothing', {}],
  ['a cookie', { cookie: 'better-auth.session_token=token.signature' }],
  ['a session token', { authorization: 'Bearer QmFzZTY0dG9rZW4' }],
  ['a session token that has the letters of a key inside', { authorization: 'Bearer abcosk_def' }],
  ['an empty X-API-Key', { 'x-api-key': ' ' }],
  ['a name and a password', { authorization: 'Basic YWRhOnNlY3JldA==' }],
])('a request with %s carries no key', (_, headers) => {
  expect(carriesApiKey(new Headers(headers))).toBe(false);
});
