// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, ORIGIN, type Person, type TestKernel } from '../support/kernel.ts';
import { expectRefusal } from '../support/refusal.ts';

const GRAPHQL = '/api/v1/graphql';
const KEYS = '/api/v1/keys';
const APP = 'https://app.example.com';
const EVIL = 'https://evil.example';
const FORBIDDEN = { status: 403, code: 'FORBIDDEN' };
const GRANTS = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-methods',
  'access-control-allow-headers',
];

let target: TestKernel;
let admin: Person;
beforeAll(async () => {
  target = await bootKernel({ config: { trustedOrigins: [APP] } });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

const body = (path: string): string =>
  path === KEYS
    ? '{"name":"from a page"}'
    : JSON.stringify({ query: 'mutation { createApiKey(input: { name: "from a page" }) { key } }' });
const post = (path: string, headers: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: body(path),
});
const grantsOf = (headers: Headers): string[] => GRANTS.filter((name) => headers.has(name));

type Via = Pick<TestKernel, 'request' | 'storedKeys'>;
/** The server answers what comes over a socket by another way than what is injected into its app. */
const WAYS: [string, () => Via][] = [
  ['injected', () => target],
  [
    'over a socket',
    () => ({ request: (path, init) => fetch(`${target.url}${path}`, init), storedKeys: target.storedKeys }),
  ],
];

describe.each(WAYS.flatMap(([how, via]) => [GRAPHQL, KEYS].map((path) => [path, how, via] as const)))(
  'a session cookie at %s, %s',
  (path, _how, via) => {
    it.each<[string, Record<string, string>]>([
      ['the server itself', { origin: ORIGIN }],
      ['a trusted origin', { origin: APP, 'sec-fetch-site': 'cross-site' }],
      ['the server itself, in a browser that leaves out Origin', { 'sec-fetch-site': 'same-origin' }],
      ['the server itself, in a browser that sends only Referer', { referer: `${ORIGIN}/console?page=1` }],
      ['a program, which sends none of these', {}],
    ])('counts from %s', async (_from, headers) => {
      const response = await via().request(path, post(path, { cookie: admin.cookie, ...headers }));
      expect(await response.text()).toContain('"osk_');
    });

    it.each<[string, Record<string, string>]>([
      ['a form on another site', { origin: EVIL, 'content-type': 'application/x-www-form-urlencoded' }],
      ['a form with a file on another site', { origin: EVIL, 'content-type': 'multipart/form-data; boundary=x' }],
      ['a fetch with text/plain on another site', { origin: EVIL, 'content-type': 'text/plain' }],
      ['a fetch with JSON on another site', { origin: EVIL }],
      ['a simple request without Origin', { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
      ['a JSON request without Origin', { 'sec-fetch-site': 'cross-site' }],
      ['a sibling domain', { 'sec-fetch-site': 'same-site' }],
      ['a request that claims to be typed by hand', { 'sec-fetch-site': 'none' }],
      ['a sandboxed page', { origin: 'null' }],
      ['a sandboxed page of the same site', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
      ['another port', { origin: 'http://localhost:3001' }],
      ['another scheme', { origin: 'https://localhost:3000' }],
      ['another name of this host', { origin: 'http://127.0.0.1:3000' }],
      ['a host that begins with the name of a trusted one', { origin: `${APP}.evil.example` }],
      ['a host that ends with the name of a trusted one', { origin: 'https://evilapp.example.com' }],
      ['two origins', { origin: `${ORIGIN}, ${EVIL}` }],
      ['an empty Origin', { origin: '' }],
      ['a foreign Referer without Origin', { referer: `${EVIL}/?${ORIGIN}` }],
      ['a Referer that is no address', { referer: 'about:client' }],
    ])('does not count from %s: 403 and no row', async (_from, headers) => {
      const { message, headers: answered } = await expectRefusal(
        via(),
        path,
        post(path, { cookie: admin.cookie, ...headers }),
        FORBIDDEN,
      );
      expect(message).not.toContain('evil');
      expect(grantsOf(answered)).toEqual([]);
    });

    it('is refused alike whether or not somebody is signed in', async () => {
      const signedIn = await expectRefusal(via(), path, post(path, { cookie: admin.cookie, origin: EVIL }), FORBIDDEN);
      const nobody = await expectRefusal(
        via(),
        path,
        post(path, { cookie: 'better-auth.session_token=x', origin: EVIL }),
        FORBIDDEN,
      );
      expect(nobody.text).toBe(signedIn.text);
    });

    it('is not needed beside a bearer token, which a page must hold itself', async () => {
      for (const origin of [EVIL, 'null', APP]) {
        const response = await via().request(
          path,
          post(path, { ...bearer(admin.token), cookie: admin.cookie, origin }),
        );
        expect(await response.text()).toContain('"osk_');
        // It mints, and the page of a foreign origin still cannot read what.
        expect(response.headers.get('access-control-allow-origin')).toBe(origin === APP ? APP : null);
      }
    });
  },
);

describe('a query with GET and a session cookie', () => {
  const url = `${GRAPHQL}?query=${encodeURIComponent('{ viewer { id } }')}`;
  it.each<[string, Record<string, string>, number]>([
    ['an address typed by hand', { 'sec-fetch-site': 'none' }, 200],
    ['the server itself', { 'sec-fetch-site': 'same-origin' }, 200],
    ['a trusted origin', { origin: APP }, 200],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a foreign origin', { origin: EVIL }, 403],
    ['something that does not say from where, as an image on any page', {}, 403],
  ])('from %s is answered with its status', async (_from, headers, status) => {
    const response = await target.request(url, { headers: { cookie: admin.cookie, ...headers } });
    expect(response.status).toBe(status);
    expect((await response.text()).includes(admin.id)).toBe(status === 200);
  });
});

describe.each([GRAPHQL, KEYS])('CORS at %s', (path) => {
  const preflight = (origin: string, at = path): Promise<Response> =>
    target.request(at, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });

  it.each([ORIGIN, APP])('lets %s in, with credentials', async (origin) => {
    const response = await preflight(origin);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-credentials')).toBe('true');
    expect(response.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/i);
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    const answer = await target.request(path, post(path, { ...bearer(admin.token), origin }));
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
  });

  it.each([EVIL, 'null', 'http://localhost:9999', 'http://127.0.0.1:3000', `${APP}.evil.example`])(
    'grants nothing to %s',
    async (origin) => {
      for (const at of [path, `${path}/`, `${path}/x`, path.replace('/v1/', '/%761/')]) {
        expect(grantsOf((await preflight(origin, at)).headers)).toEqual([]);
      }
      expect(grantsOf((await target.request(path, post(path, { origin }))).headers)).toEqual([]);
    },
  );

  it('says which methods there are', async () => {
    const response = await target.request(path, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('allow')).toBe(path === KEYS ? 'GET, HEAD, POST, OPTIONS' : 'GET, POST, OPTIONS');
  });
});

describe('the rest of the standalone server', () => {
  it.each(['/api/v1/auth/get-session', '/api/v1/data/sys_api_key', '/api/v1/mcp'])(
    'grants nothing at %s to another page on localhost',
    async (path) => {
      for (const method of ['GET', 'OPTIONS']) {
        const response = await target.request(path, {
          method,
          headers: { origin: 'http://localhost:9999', 'access-control-request-method': 'POST' },
        });
        expect(response.headers.get('access-control-allow-origin')).toBeNull();
        expect(response.headers.get('x-content-type-options')).toBe(method === 'GET' ? 'nosniff' : null);
      }
    },
  );
});

describe('every answer', () => {
  const auth = (): Record<string, string> => bearer(admin.token);
  it.each<[string, number, string, () => RequestInit]>([
    ['a new key', 201, KEYS, () => post(KEYS, auth())],
    ['a new key', 200, GRAPHQL, () => post(GRAPHQL, auth())],
    ['a refused value', 400, KEYS, () => ({ ...post(KEYS, auth()), body: '{}' })],
    ['a refused value', 400, GRAPHQL, () => ({ ...post(GRAPHQL, auth()), body: '{' })],
    ['nobody', 401, KEYS, () => post(KEYS, {})],
    ['nobody', 401, GRAPHQL, () => post(GRAPHQL, {})],
    ['a foreign page', 403, KEYS, () => post(KEYS, { cookie: admin.cookie, origin: EVIL })],
    ['a foreign page', 403, GRAPHQL, () => post(GRAPHQL, { cookie: admin.cookie, origin: EVIL })],
    ['an address below', 404, `${GRAPHQL}/x`, () => post(GRAPHQL, auth())],
    ['a wrong method', 405, KEYS, () => ({ method: 'PUT' })],
    ['a wrong method', 405, GRAPHQL, () => ({ method: 'DELETE' })],
    ['a body that is too long', 413, KEYS, () => ({ ...post(KEYS, auth()), body: ' '.repeat(70_000) })],
    ['a wrong type', 415, GRAPHQL, () => post(GRAPHQL, { ...auth(), 'content-type': 'text/plain' })],
    ['a preflight', 204, KEYS, () => ({ method: 'OPTIONS' })],
    ['GraphiQL', 200, GRAPHQL, () => ({ headers: { accept: 'text/html' } })],
  ])('says how it may be kept and by whom read: %s, %d at %s', async (_case, status, path, init) => {
    const { headers, status: answered } = await target.request(path, init());
    expect(answered).toBe(status);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'$/);
    const vary = new Set(
      headers
        .get('vary')
        ?.toLowerCase()
        .split(/\s*,\s*/),
    );
    for (const name of ['accept', 'authorization', 'cookie', 'origin', 'x-api-key']) expect(vary).toContain(name);
  });
});
