// @ts-nocheck
import type { Route } from '../../http/route-table.ts';
import { API_PREFIX } from './api-prefix.ts';
import { DATA_ROUTES } from './data-routes.ts';
import { DISPATCHER_ROUTES } from './dispatcher-routes.ts';
import { OWN_ROUTES } from './own-routes.ts';
import type { RouteRule } from './route-rule.ts';
import { OAUTH_REGISTRATION_ROUTES, SIGN_IN_ROUTES } from './sign-in-routes.ts';

const ROUTES: readonly RouteRule[] = [...OWN_ROUTES, ...DISPATCHER_ROUTES, ...DATA_ROUTES, ...SIGN_IN_ROUTES];

/**
 * Every route that the standalone server handles. It answers 404 on all others.
 *
 * @param oauthRegistration whether anyone may register an OAuth client.
 */
export function standaloneRoutes(oauthRegistration: boolean): readonly RouteRule[] {
  return oauthRegistration ? [...ROUTES, ...OAUTH_REGISTRATION_ROUTES] : ROUTES;
}

/** Routes of the platform that this server closes on purpose. */
export const CLOSED_ROUTES: readonly Route[] = [
  // A page that runs scripts from a CDN on the origin where people see new keys.
  { method: 'GET', path: `${API_PREFIX}/docs` },
  // These routes have no service in this server.
  { method: 'POST', path: `${API_PREFIX}/auth/admin/has-permission` },
  { method: 'ALL', path: `${API_PREFIX}/ai/*` },
];
