// @ts-nocheck
// 
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { RawClient } from '../support/raw-http.ts';

let target: TestKernel;
let admin: Person;
beforeAll(async () => {
  target = await bootKernel();
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** The platform has a permissive `POST /keys` behind this one, which takes any body and mints. */
describe('no spelling of the path of the keys reaches the route of the platform behind it', () => {
  it.each([
    '/api/v1/keys',
    '//api/v1/keys',
    '///api/v1/keys',
    '/api//v1/keys',
    '/api/v1//keys',
    '/api/v1/keys//',
    '/.//api/v1/keys',
    '/API/v1/keys',
    '/api/v1/Keys',
    '/api/v1/keys;x',
    '/api/v1/keys.json',
    '/api/v1/./keys',
    '/api/v1/x/../keys',
    '/api/v1/mcp/../keys',
    '/api/v1%2fkeys',
    '/api%2fv1%2fkeys',
    '/api/v1/keys%2f',
    '/api/v1/keys%20',
    '/api/v1/keys%00',
    '/api/v1/%6beys',
    '/api/v1/key%73',
    '/%61pi/v1/keys',
    '/api/v1/%256beys',
    '/api/v1/keys?',
    '/api/v1/keys#x',
    'http://localhost//api/v1/keys',
    'http://evil.example/api/v1/keys',
    '/v1/keys',
    '/keys',
    '/api/keys',
    '\\api\\v1\\keys',
    '/api/v1\\keys',
  ])('%s', async (path) => {
    const before = await target.storedKeys();
    const body = '{"name":"x","id":"planted"}';
    using client = await RawClient.connect(target.url);
    client.send(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${admin.token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(await target.storedKeys()).toEqual(before);
  });
});
