// @ts-nocheck
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { bootKernel, ORIGIN, type Person, type TestKernel } from '../support/kernel.ts';

const PATH = '/api/v1/openapi.json';

let target: TestKernel;
let person: Person;

beforeAll(async () => {
  target = await bootKernel({ config: { nodeEnv: 'production', oauthRegistration: false } });
  person = await target.newPerson();
});
afterAll(() => target[Symbol.asyncDispose]());

it('the description requires a session; an API key is rejected', async () => {
  const { key = '' } = await graphqlEndpoint(target).mint(bearer(person.token), { name: 'reads' });
  for (const headers of [{}, bearer('x'.repeat(32)), { cookie: 'none' }, { 'x-api-key': key ?? '' }]) {
    const response = await target.request(PATH, { headers });
    expect([401, 403]).toContain(response.status);
    expect(await response.text()).not.toContain('paths');
  }
});

it('a signed-in person gets it with the URL of this server, not the one in Host', async () => {
  for (const headers of [bearer(person.token), { cookie: person.cookie }]) {
    const response = await target.request(PATH, {
      headers: { ...headers, host: 'evil.example', 'x-forwarded-proto': 'x' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    expect(text).not.toContain('evil.example');
    expect(JSON.parse(text)).toMatchObject({
      servers: [{ url: ORIGIN }],
      paths: { '/api/v1/data/{object}': expect.anything() },
    });
  }
});

it('it is made once, however many ask at the same time', async () => {
  const ask = async (): Promise<number> => {
    const from = performance.now();
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => target.request(PATH, { headers: bearer(person.token) })),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    return performance.now() - from;
  };
  // 50 ms each is what making it takes: a second for all of them.
  expect(await ask()).toBeLessThan(800);
});

it('there is no page that loads script from elsewhere', async () => {
  const response = await target.request('/api/v1/docs', { headers: bearer(person.token) });
  expect(response.status).toBe(404);
});

it('in production an OAuth client cannot be registered without a session, and is not advertised', async () => {
  const register = (path: string, headers: Record<string, string>): Promise<Response> =>
    target.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
      body: JSON.stringify({ client_name: 'x', redirect_uris: ['https://app.example/callback'] }),
    });
  expect((await register('/api/v1/auth/oauth2/register', {})).status).toBe(404);
  expect((await register('/api/v1/auth/oauth2/create-client', {})).status).toBe(401);
  expect(await target.sql('SELECT * FROM sys_oauth_application')).toEqual([]);
  const metadata = await target.request('/.well-known/oauth-authorization-server');
  expect(await metadata.json()).not.toHaveProperty('registration_endpoint');
});
