// @ts-nocheck
// 
import { type Route, RouteTable } from '../../http/route-table.ts';

/** What a route is, as far as keys are concerned. */
export type KeyRouteKind =
  | 'data'
  | 'actions'
  | 'mcp'
  /** The endpoints of this service; they decide by themselves what a key may ask of them. */
  | 'keys'
  /** Answers a question and changes nothing. */
  | 'read'
  /** Answers everybody the same, signed in or not. */
  | 'public'
  /** Opened by the operator, by name. */
  | 'opened';

/** A route that an API key may use. */
export interface KeyRoute {
  readonly kind: KeyRouteKind;
  /**
   * Whether all that can be done here is bounded by the rights on objects, so that a key which may do less
   * than its owner does less here, too. `false` unless a test shows it.
   */
  readonly boundedByObjectRights: boolean;
}

interface Group extends KeyRoute {
  readonly routes: readonly string[];
}

/** The routes below the prefix of the platform's API, such as `/api/v1`. Any other route is closed to keys. */
const BELOW_PREFIX: readonly Group[] = [
  // First: it would be read as a record of an object "import", whose route is below.
  { kind: 'data', boundedByObjectRights: false, routes: ['GET /data/import/jobs'] },
  {
    kind: 'data',
    boundedByObjectRights: true,
    routes: [
      'GET /data/:object',
      'POST /data/:object',
      'POST /data/:object/query',
      'GET /data/:object/:id',
      'PATCH /data/:object/:id',
      'DELETE /data/:object/:id',
      'POST /data/:object/batch',
      'POST /data/:object/createMany',
      'POST /data/:object/updateMany',
      'POST /data/:object/deleteMany',
      'POST /data/:object/:id/clone',
      'GET /data/:object/export',
      'POST /data/:object/import',
      'GET /search',
      'POST /batch',
    ],
  },
  {
    kind: 'data',
    boundedByObjectRights: false,
    routes: [
      'GET /data/:object/:id/shares',
      'POST /data/:object/:id/shares',
      'DELETE /data/:object/:id/shares/:shareId',
      'POST /data/:object/import/jobs',
      'GET /data/import/jobs/:jobId',
      'GET /data/import/jobs/:jobId/results',
      'POST /data/import/jobs/:jobId/cancel',
      'POST /data/import/jobs/:jobId/undo',
      'POST /analytics/dataset/query',
      'POST /reports/:id/run',
    ],
  },
  {
    kind: 'actions',
    boundedByObjectRights: false,
    routes: ['POST /actions//:action', 'POST /actions/:object/:action', 'POST /actions/:object/:action/:recordId'],
  },
  {
    kind: 'mcp',
    boundedByObjectRights: true,
    routes: ['GET /mcp', 'POST /mcp', 'DELETE /mcp'],
  },
  {
    kind: 'keys',
    boundedByObjectRights: false,
    routes: ['ALL /graphql', 'ALL /graphql/*', 'ALL /keys', 'ALL /keys/*'],
  },
  {
    kind: 'public',
    boundedByObjectRights: false,
    routes: ['GET /', 'GET /discovery', 'GET /health', 'GET /ready', 'GET /mcp/skill', 'GET /auth/config'],
  },
  {
    kind: 'read',
    boundedByObjectRights: false,
    routes: [
      'GET /openapi.json',
      'GET /meta',
      'GET /meta/types',
      'GET /meta/diagnostics',
      'GET /meta/_drafts',
      'GET /meta/:type',
      'GET /meta/:type/:name',
      'GET /meta/:type/:name/references',
      'GET /meta/:type/:name/layers',
      'GET /meta/:type/:name/history',
      'GET /meta/:type/:name/audit',
      'GET /meta/:type/:name/diff',
      'GET /meta/:type/:name/published',
      'GET /meta/book/:name/tree',
      'GET /meta/object/:name/state/:field',
      'GET /ui/view/:object/:type',
      'GET /i18n/locales',
      'GET /i18n/translations/:locale',
      'GET /i18n/labels/:object/:locale',
      'GET /me/apps',
      'GET /auth/me/permissions',
      'GET /auth/me/localization',
      'GET /notifications',
      'GET /approvals/requests',
      'GET /approvals/requests/:id',
      'GET /approvals/requests/:id/actions',
      'GET /reports',
      'GET /reports/:id',
      'GET /reports/:id/schedules',
      'GET /sharing/rules',
      'GET /sharing/rules/:idOrName',
      'GET /security/explain',
      'POST /security/explain',
      'GET /security/my-delegable-scope',
      'GET /security/suggested-bindings',
      'GET /packages',
      'GET /packages/:id',
      'GET /packages/:id/export',
      'GET /packages/:id/commits',
      'GET /automation',
      'GET /automation/actions',
      'GET /automation/connectors',
      'GET /automation/_status',
      'GET /automation/:name',
      'GET /automation/:name/runs',
      'GET /automation/:name/runs/:runId',
    ],
  },
];

/** Documents at the root of the server that anybody may read. */
const AT_ROOT: Group = {
  kind: 'public',
  boundedByObjectRights: false,
  routes: [
    'GET /healthz',
    'GET /readyz',
    'GET /.well-known/objectstack',
    'GET /.well-known/oauth-authorization-server',
    'GET /.well-known/oauth-authorization-server/*',
    'GET /.well-known/openid-configuration',
    'GET /.well-known/oauth-protected-resource',
    'GET /.well-known/oauth-protected-resource/*',
  ],
};

/** A platform that serves several environments mounts its routes below each as well. */
const SCOPE = '/environments/:environmentId';

/**
 * The routes that a request with an API key may use. What is not in it is closed to keys: metadata,
 * packages, automation, e-mail, administration and sign-in as far as they change something, and whatever
 * a plugin mounts that nobody thought of.
 *
 * @param basePath the prefix of the platform's API.
 * @param opened paths that the operator opens to keys, each with everything below it.
 */
export function keyRoutes(basePath: string, opened: readonly string[]): RouteTable<KeyRoute> {
  const below = BELOW_PREFIX.flatMap((group) => [
    ...entries(group, basePath),
    ...entries(group, `${basePath}${SCOPE}`),
  ]);
  return new RouteTable([...below, ...entries(AT_ROOT, ''), ...opened.flatMap(openedEntries)]);
}

/** The routes below the prefix that take keys with scopes, or only keys without, as they are written above. */
export function routesFor(keys: 'scoped keys' | 'keys without scopes'): string[] {
  return BELOW_PREFIX.filter(({ kind, boundedByObjectRights }) =>
    keys === 'scoped keys' ? boundedByObjectRights : !boundedByObjectRights && (kind === 'data' || kind === 'read'),
  ).flatMap(({ routes }) => routes);
}

function entries({ routes, ...route }: Group, prefix: string): [Route, KeyRoute][] {
  return routes.map((text) => {
    const [method = '', path = ''] = text.split(' ');
    return [{ method, path: path === '/' ? prefix : `${prefix}${path}` }, route];
  });
}

function openedEntries(path: string): [Route, KeyRoute][] {
  const route: KeyRoute = { kind: 'opened', boundedByObjectRights: false };
  return [path, `${path}/*`].map((pattern) => [{ method: 'ALL', path: pattern }, route]);
}
