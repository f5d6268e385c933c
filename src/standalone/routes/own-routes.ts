import { API_PREFIX } from './api-prefix.ts';
import { type RouteRule, rules } from './route-rule.ts';

/** What this project mounts. The two endpoints answer by themselves who may do what. */
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
