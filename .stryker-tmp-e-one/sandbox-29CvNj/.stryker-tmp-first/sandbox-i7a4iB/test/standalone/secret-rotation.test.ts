// @ts-nocheck
// 
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { ROOT } from '../support/markdown.ts';
import { type Served, serve } from '../support/process.ts';

const OWNER = { email: 'owner@example.test', password: `Pass-${randomBytes(8).toString('hex')}` };

let folder: string;
let server: Served;
let cookie: string;
let token: string;
let key: string;

const start = (): Promise<Served> =>
  serve(process.execPath, ['src/server.ts'], {
    cwd: ROOT,
    env: {
      NODE_ENV: 'production',
      AUTH_SECRET: randomBytes(32).toString('hex'),
      DATABASE_URL: `file:${join(folder, 'objectstack.db')}`,
      SETUP_ADMIN_EMAIL: OWNER.email,
      SETUP_ADMIN_PASSWORD_FILE: join(folder, 'password'),
    },
  });
const signIn = (): Promise<Response> =>
  fetch(`${server.url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(OWNER),
  });
const mint = (headers: Record<string, string>) =>
  restEndpoint({ request: (path, init) => fetch(`${server.url}${path}`, init) }).mint(headers, { name: 'a' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secret-'));
  // The administrator of the variables; at the second start there is somebody, and they do nothing.
  await writeFile(join(folder, 'password'), `${OWNER.password}\n`);
  server = await start();
  const response = await signIn();
  expect(response.status).toBe(200);
  ({ token } = (await response.json()) as { token: string });
  cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const withCookie = await mint({ cookie, origin: server.url });
  expect(withCookie.status).toBe(201);
  key = withCookie.key ?? '';
  expect((await mint(bearer(token))).status).toBe(201);
  expect(await server.stop()).toBe(0);
  server = await start();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

describe('after AUTH_SECRET was replaced', () => {
  it('a cookie that was signed with the old one does not count', async () => {
    expect((await mint({ cookie, origin: server.url })).status).toBe(401);
  });

  it('a bearer session keeps working', async () => {
    expect((await mint(bearer(token))).status).toBe(201);
  });

  it('a key keeps working', async () => {
    const response = await fetch(`${server.url}/api/v1/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ query: '{ viewer { email } }' }),
    });
    expect(await response.json()).toEqual({ data: { viewer: { email: OWNER.email } } });
  });

  it('people can sign in again', async () => {
    const response = await signIn();
    expect(response.status).toBe(200);
    const fresh = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect((await mint({ cookie: fresh, origin: server.url })).status).toBe(201);
  });
});
