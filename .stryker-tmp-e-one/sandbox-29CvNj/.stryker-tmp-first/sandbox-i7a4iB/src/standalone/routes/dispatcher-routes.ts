// @ts-nocheck
// 
import { API_PREFIX } from './api-prefix.ts';
import { type RouteRule, rules } from './route-rule.ts';

/** What the dispatcher of `@objectstack/runtime` mounts, and the HTTP server's routes about the caller. */
export const DISPATCHER_ROUTES: readonly RouteRule[] = [
  ...rules('anyone', '', ['GET /.well-known/objectstack']),
  ...rules('anyone', API_PREFIX, [
    'GET /health',
    'GET /ready',
    'GET /mcp/skill',
    'GET /auth/me/permissions',
    'GET /auth/me/localization',
    'GET /me/apps',
    // The sign-in page is in the language of whoever looks at it.
    'GET /i18n/locales',
    'GET /i18n/translations/:locale',
    'GET /i18n/labels/:object/:locale',
    // It says by itself who may do what, and to everybody else where to sign in (RFC 9728).
    'GET /mcp',
    'POST /mcp',
    'DELETE /mcp',
    'POST /mcp/skill',
    'DELETE /mcp/skill',
    // What an application declares in its metadata; each endpoint there says who may call it.
    'ALL /apps/*',
  ]),
  ...rules('session', API_PREFIX, [
    'GET /notifications',
    'POST /notifications/read',
    'POST /notifications/read/all',
    'GET /automation',
    'GET /automation/actions',
    'GET /automation/connectors',
    'GET /automation/_status',
    'POST /automation/trigger/:name',
    'GET /automation/:name',
    'POST /automation/:name/trigger',
    'GET /automation/:name/runs',
    'GET /automation/:name/runs/:runId',
    'GET /automation/:name/runs/:runId/screen',
    'POST /automation/:name/runs/:runId/resume',
    'POST /actions//:action',
    'POST /actions/:object/:action',
    'POST /actions/:object/:action/:recordId',
  ]),
  ...rules('administrator', API_PREFIX, [
    'GET /packages',
    'POST /packages',
    'GET /packages/:id',
    'PATCH /packages/:id',
    'DELETE /packages/:id',
    'GET /packages/:id/export',
    'PATCH /packages/:id/enable',
    'PATCH /packages/:id/disable',
    'POST /packages/:id/publish',
    'POST /packages/:id/publish-drafts',
    'POST /packages/:id/revert',
    'POST /packages/:id/duplicate',
    'POST /packages/:id/adopt-orphans',
    'POST /packages/:id/discard-drafts',
    'POST /packages/:id/rollback',
    'GET /packages/:id/commits',
    'POST /packages/:id/commits/:commitId/revert',
    'POST /automation',
    'PUT /automation/:name',
    'DELETE /automation/:name',
    'POST /automation/:name/toggle',
    'POST /automation/:name/runs/:runId/cancel',
    'POST /automation/:name/runs/:runId/restore-suspension',
  ]),
];
