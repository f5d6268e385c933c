// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Route, RouteTable } from '../../../src/http/route-table.ts';
import { keyRoutes } from '../../../src/keys/access/routes.ts';
import { CLOSED_ROUTES, standaloneRoutes } from '../../../src/standalone/routes/index.ts';
import { bearer, graphqlEndpoint } from '../../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, ORIGIN, type Person, type TestKernel } from '../../support/kernel.ts';

/** What the plugins of an application mount: one route that it lists, and two that it does not. */
const APPLICATION = {
  name: 'com.example.routes',
  version: '1.0.0',
  init(context: { getService<T>(name: string): T }) {
    const app = context.getService<HonoServer>('http-server').getRawApp();
    for (const path of ['/example/listed', '/example/forgotten', '/api/v1/data/example/forgotten']) {
      app.get(path, (request) => request.text('it ran'));
    }
    app.get('/example/page', (request) => request.html('<script>it()</script>'));
  },
};

interface HonoServer {
  getRawApp(): {
    readonly routes: readonly Route[];
    get(
      path: string,
      handler: (context: { text(text: string): Response; html(text: string): Response }) => Response,
    ): void;
  };
}

const RULES = standaloneRoutes(true);

/** Routes that end the session of whoever calls them, or the person. */
const ENDS_SESSION = /\/(?:sign-out|revoke-sessions|revoke-other-sessions|delete-user|leave)$/;

/** Routes where a member is refused for want of a right on an object, and not because of the route. */
const NEEDS_RIGHT = new Set([
  'GET /api/v1/data/:object/export',
  'GET /api/v1/data/import/jobs',
  'GET /api/v1/data/import/jobs/:jobId',
  'GET /api/v1/data/import/jobs/:jobId/results',
  'POST /api/v1/data/import/jobs/:jobId/cancel',
  'POST /api/v1/data/import/jobs/:jobId/undo',
  'GET /api/v1/automation/:name/runs',
  'GET /api/v1/automation/:name/runs/:runId',
]);

/** Bodies for the routes that look at what they were sent before they look at who asks. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/v1/auth/admin/unlock-user': { userId: 'zz_nobody' },
  'POST /api/v1/auth/admin/oauth2/toggle-disabled': { client_id: 'zz_nothing', disabled: true },
};

let target: TestKernel;
let member: Person;
let admin: Person;
let key: string;

beforeAll(async () => {
  target = await bootKernel({
    plugins: [APPLICATION],
    routes: ['/example/listed', '/example/page'].map((path) => ({ method: 'GET', path, caller: 'anyone' })),
  });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  member = await target.newPerson();
  key = (await graphqlEndpoint(target).mint(bearer(admin.token), { name: 'of an administrator' })).key ?? '';
});
afterAll(() => target[Symbol.asyncDispose]());

async function call(route: Route, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const method = route.method === 'ALL' ? 'POST' : route.method;
  const path = route.path.replaceAll(/:[A-Za-z]+|\*/g, 'zz_nothing');
  const body = JSON.stringify(BODIES[nameOf(route)] ?? {});
  const response = await target.request(path, {
    method,
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    ...(method === 'GET' ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const named = (callers: readonly string[]) =>
  RULES.filter(({ caller }) => callers.includes(caller)).map((rule) => [nameOf(rule), rule] as const);

describe('the list of routes', () => {
  it('has every route of the kernel, or says that it is closed on purpose', async () => {
    const app = (await target.kernel.getServiceAsync<HonoServer>('http-server')).getRawApp();
    const listed = new RouteTable([...RULES, ...CLOSED_ROUTES].map((route) => [route, true]));
    const handlers = app.routes.filter((route) => !(route.method === 'ALL' && route.path.endsWith('*')));
    expect(handlers.length).toBeGreaterThan(170);
    expect(handlers.filter((route) => !listed.has(route)).map(nameOf)).toEqual([
      'GET /example/listed',
      'GET /example/forgotten',
      'GET /api/v1/data/example/forgotten',
      'GET /example/page',
    ]);
  });

  it('has every route of better-auth, which are behind one handler', async () => {
    const auth = await target.kernel.getServiceAsync<BetterAuth>('auth');
    const { api } = await auth.getAuthInstance();
    const mounted = Object.values(api).flatMap(({ path, options }) =>
      path === undefined || options?.metadata?.SERVER_ONLY
        ? []
        : [options?.method ?? []].flat().map((method) => ({ method, path: `/api/v1/auth${path}` })),
    );
    expect(mounted.length).toBeGreaterThan(80);
    const listed = new RouteTable(RULES.map((rule) => [rule, true]));
    expect(mounted.filter((route) => !listed.has(route)).map(nameOf)).toEqual(['GET /api/v1/auth/ok']);
  });

  it('names no route twice', () => {
    const names = RULES.map(nameOf);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('a route that is not listed', () => {
  it('is 404 for everybody, and its handler does not run', async () => {
    for (const path of [
      '/example/forgotten',
      '/api/v1/data/example/forgotten',
      '/api/v1/docs',
      '/api/v1/auth/ok',
      '/x',
    ]) {
      for (const headers of [{}, bearer(member.token), bearer(admin.token)]) {
        const { status, text } = await call({ method: 'GET', path }, headers);
        expect([path, status]).toEqual([path, 404]);
        expect(JSON.parse(text)).toMatchObject({ success: false, error: { code: 'NOT_FOUND' } });
      }
    }
  });

  it('is named in the log when the server starts', () => {
    expect(target.output()).toContain('GET /example/forgotten is not a route of this server');
    expect(target.output()).not.toContain('/api/v1/docs is not');
  });

  it('responds if the host lists it', async () => {
    expect(await call({ method: 'GET', path: '/example/listed' }, {})).toEqual({ status: 200, text: 'it ran' });
  });

  it.each(['PUT /api/v1/packages', 'POST /healthz', 'TRACE /api/v1/data/sys_user', 'POST /api/v1/auth/get-session'])(
    'with a method that a path does not have is 405, and says which it has: %s',
    async (text) => {
      const [method = '', path = ''] = text.split(' ');
      const response = await target.request(path, { method: method === 'TRACE' ? 'PURGE' : method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toMatch(/GET/);
    },
  );
});

it('a page of which nothing is known runs no script', async () => {
  const response = await target.request('/example/page');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src .*frame-ancestors 'none'$/,
  );
});

describe('without any credential', () => {
  it.each(named(['session', 'administrator']))('nobody is answered at %s', async (_, rule) => {
    expect((await call(rule, {})).status).toBe(401);
  });

  it.each(named(['anyone']))('%s answers, or says by itself that it takes a credential', async (name, rule) => {
    const { status } = await call(rule, {});
    const asksForOne = /\/(?:mcp|graphql|keys|userinfo)$/.test(rule.path);
    expect([name, asksForOne || status !== 401]).toEqual([name, true]);
  });
});

describe('with a session that does not exist', () => {
  it.each(named(['session', 'administrator']))('nothing is done at %s', async (_, rule) => {
    const { status } = await call(rule, bearer('x'.repeat(32)));
    // better-auth looks at what it was sent before it looks at who asks.
    expect(status).toBeGreaterThanOrEqual(400);
    // A service that is not there is not there for anybody.
    if (!rule.path.startsWith('/api/v1/auth/')) expect([401, 501]).toContain(status);
  });
});

describe('with the session of a member', () => {
  it.each(named(['session']))('%s is open', async (name, rule) => {
    const person = ENDS_SESSION.test(rule.path) ? await target.newPerson() : member;
    const { status } = await call(rule, bearer(person.token));
    expect(status).not.toBe(401);
    if (!NEEDS_RIGHT.has(name)) expect(status).not.toBe(403);
  });

  it.each(named(['administrator']))('%s is refused', async (_, rule) => {
    expect((await call(rule, bearer(member.token))).status).toBe(403);
  });
});

it.each(named(['administrator']))('with the session of an administrator %s is open', async (_, rule) => {
  expect([401, 403]).not.toContain((await call(rule, bearer(admin.token))).status);
});

it('with a key exactly those are open that are listed for keys, whatever its owner may', async () => {
  const open = keyRoutes('/api/v1', []);
  for (const rule of RULES) {
    const { status, text } = await call(rule, { 'x-api-key': key });
    const refused = status === 403 && text.includes('API keys cannot use this route');
    expect([nameOf(rule), refused]).toEqual([nameOf(rule), !open.has(rule)]);
  }
});

interface BetterAuth {
  getAuthInstance(): Promise<{
    api: Record<
      string,
      { path?: string; options?: { method?: string | string[]; metadata?: { SERVER_ONLY?: boolean } } }
    >;
  }>;
}
