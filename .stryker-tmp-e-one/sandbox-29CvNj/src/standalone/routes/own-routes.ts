// @ts-nocheck
import { API_PREFIX } from './api-prefix.ts';
import { type RouteRule, rules } from './route-rule.ts';

/** The routes of this project. The two endpoints check the caller themselves. */
export const OWN_ROUTES: readonly RouteRule[] = [
  ...rules('anyone', '', [
    'GET /',
    'GET /healthz',
    'GET /readyz',
    'GET /metrics',
    'GET /_console',
    'GET /_console/*',
    'GET /set-up',
    'POST /set-up',
  ]),
  ...rules('anyone', API_PREFIX, ['ALL /graphql', 'ALL /graphql/*', 'ALL /keys', 'ALL /keys/*']),
  ...rules('session', API_PREFIX, ['GET /openapi.json']),
];
