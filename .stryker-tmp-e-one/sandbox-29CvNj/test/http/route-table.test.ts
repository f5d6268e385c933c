// @ts-nocheck
import { expect, it } from 'vitest';
import { RouteTable } from '../../src/http/route-table.ts';

const table = (...routes: string[]) =>
  new RouteTable(
    routes.map((text) => {
      const [method = '', path = ''] = text.split(' ');
      return [{ method, path }, text] as const;
    }),
  );

it('finds a route by its method and path, with anything for a parameter', () => {
  const routes = table('GET /data/:object', 'POST /data/:object/query');
  expect(routes.find('GET', '/data/account')).toBe('GET /data/:object');
  expect(routes.find('POST', '/data/account/query')).toBe('POST /data/:object/query');
});

it.each([
  ['another method', 'POST', '/data/account'],
  ['a longer path', 'GET', '/data/account/1'],
  ['a slash at the end', 'GET', '/data/account/'],
  ['an empty parameter', 'GET', '/data/'],
  ['two slashes', 'GET', '//data/account'],
  ['another case', 'GET', '/Data/account'],
  ['a slash that is still encoded', 'GET', '/data%2Faccount'],
  ['a method in another case', 'get', '/data/account'],
])('finds nothing for %s', (_, method, path) => {
  expect(table('GET /data/:object').find(method, path)).toBeUndefined();
});

it('takes HEAD for GET, as Hono does', () => {
  expect(table('GET /meta').find('HEAD', '/meta')).toBe('GET /meta');
  expect(table('PUT /meta').find('HEAD', '/meta')).toBeUndefined();
});

it('finds a path for OPTIONS whatever its method is', () => {
  expect(table('PUT /meta').find('OPTIONS', '/meta')).toBe('PUT /meta');
  expect(table('PUT /meta').find('OPTIONS', '/data')).toBeUndefined();
});

it('finds the first of the routes that match', () => {
  expect(table('GET /data/jobs', 'GET /data/:object').find('GET', '/data/jobs')).toBe('GET /data/jobs');
});

it('finds nothing for a route of the app that is not listed, although a listed pattern matches it', () => {
  const routes = table('PATCH /data/:object/:id');
  expect(routes.find('PATCH', '/data/admin/reset')).toBeDefined();
  routes.shadow([
    { method: 'PATCH', path: '/data/admin/reset' },
    { method: 'PATCH', path: '/data/:name/:key' },
    { method: 'ALL', path: '/*' },
    { method: 'ALL', path: '/data/*' },
  ]);
  expect(routes.find('PATCH', '/data/admin/reset')).toBeUndefined();
  expect(routes.find('PATCH', '/data/account/1')).toBeDefined();
});

it('takes what a listed * stands for as listed', () => {
  const routes = table('ALL /graphql/*', 'GET /.well-known/*');
  expect(routes.has({ method: 'POST', path: '/graphql/any/:thing' })).toBe(true);
  expect(routes.has({ method: 'POST', path: '/graphqlx' })).toBe(false);
  expect(routes.has({ method: 'POST', path: '/.well-known/x' })).toBe(false);
});
