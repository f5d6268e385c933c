import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let admin: Person;
beforeAll(async () => {
  target = await bootKernel();
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

describe.each(['injected', 'over a socket'])('a request %s', (how) => {
  const ask = (method: string, path: string): Promise<Response> => {
    const init = {
      method,
      headers: { ...bearer(admin.token), 'content-type': 'application/json' },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: '{"name":"x"}' }),
    };
    return how === 'injected' ? target.request(path, init) : fetch(`${target.url}${path}`, init);
  };

  describe('methods (RFC 9110 section 9)', () => {
    it.each([
      ['/api/v1/keys', ['PUT', 'PATCH', 'DELETE'], 'GET, HEAD, POST, OPTIONS'],
      ['/api/v1/keys/some-id', ['GET', 'PUT', 'POST', 'DELETE'], 'PATCH, OPTIONS'],
      ['/api/v1/keys/', ['DELETE', 'PUT'], 'GET, HEAD, POST, OPTIONS'],
      ['/api/v1/keys/some-id/rotate', ['GET', 'PUT', 'DELETE'], 'POST, OPTIONS'],
      ['/api/v1/keys/organization', ['POST', 'PATCH', 'DELETE'], 'GET, HEAD, OPTIONS'],
      ['/api/v1/keys/organization/policy', ['POST', 'PUT', 'DELETE'], 'GET, HEAD, PATCH, OPTIONS'],
      ['/api/v1/keys/organization/owners/some-id/revoke', ['GET', 'PATCH', 'DELETE'], 'POST, OPTIONS'],
      ['/api/v1/keys/some-id/owner/revoke', ['GET', 'PATCH', 'DELETE'], 'POST, OPTIONS'],
      ['/api/v1/keys/openapi.json', ['POST', 'PUT', 'DELETE'], 'GET, HEAD, OPTIONS'],
      ['/api/v1/graphql', ['PUT', 'PATCH', 'DELETE', 'HEAD'], 'GET, POST, OPTIONS'],
    ])('at %s, %j are 405 and Allow names the others', async (path, methods, allow) => {
      const before = await target.storedKeys();
      for (const method of methods) {
        const response = await ask(method, path);
        expect(response.status, method).toBe(405);
        expect(response.headers.get('allow'), method).toBe(allow);
      }
      expect(await target.storedKeys()).toEqual(before);
    });

    it.each([
      ['/api/v1/keys', 'GET, HEAD, POST, OPTIONS'],
      ['/api/v1/keys/some-id', 'PATCH, OPTIONS'],
      ['/api/v1/keys/some-id/rotate', 'POST, OPTIONS'],
      ['/api/v1/keys/openapi.json', 'GET, HEAD, OPTIONS'],
      ['/api/v1/%6Beys', 'GET, HEAD, POST, OPTIONS'],
    ])('OPTIONS at %s lists them', async (path, allow) => {
      const response = await ask('OPTIONS', path);
      expect(response.status).toBe(204);
      expect(response.headers.get('allow')).toBe(allow);
    });

    it('HEAD is GET without the body', async () => {
      const path = '/api/v1/keys/openapi.json';
      const [get, head] = [await ask('GET', path), await ask('HEAD', path)];
      expect(head.status).toBe(200);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      expect(await get.text()).not.toBe('');
      expect(await head.text()).toBe('');
    });
  });

  describe('paths', () => {
    it.each([
      '/api/v1/keys/some-id/rotate/more',
      '/api/v1/keys/some-id/revoke',
      '/api/v1/keys/some-id/owner',
      '/api/v1/keys//rotate',
      '/api/v1/keys/organization/owners/some-id',
      '/api/v1/keys/organization/policy/maxLifetime',
      '/api/v1/graphql/keys',
    ])('there is nothing at %s, for no method', async (path) => {
      const before = await target.storedKeys();
      for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
        const response = await ask(method, path);
        expect(response.status, method).toBe(404);
        expect(response.headers.get('allow')).toBeNull();
      }
      expect(await target.storedKeys()).toEqual(before);
    });
  });
});

describe('the address of a created key (RFC 9110 section 15.3.2)', () => {
  it('is that of its record, which its owner can read there', async () => {
    const { apiKey, headers } = await restEndpoint(target).mint(bearer(admin.token), { name: 'addressed' });
    const location = headers.get('location') ?? '';
    expect(location).toBe(`/api/v1/data/sys_api_key/${apiKey?.id}`);
    const record = await target.request(location, { headers: bearer(admin.token) });
    expect(record.status).toBe(200);
    expect(await record.text()).toContain('addressed');
  });

  it('is not in the answer to a request that created nothing', async () => {
    const headers = { ...bearer(admin.token), 'idempotency-key': 'addressed-once' };
    expect((await restEndpoint(target).mint(headers, { name: 'once' })).headers.get('location')).not.toBeNull();
    const repeated = await restEndpoint(target).mint(headers, { name: 'once' });
    expect(repeated.status).toBe(200);
    expect(repeated.headers.get('location')).toBeNull();
  });
});
