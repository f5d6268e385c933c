import { ServiceError } from '../base/errors.ts';

/** The routes at and below `/api/v1/keys`. */
const ROUTES = [
  { name: 'listKeys', method: 'GET', path: /^$/ },
  { name: 'createKey', method: 'POST', path: /^$/ },
  { name: 'updateKey', method: 'PATCH', path: /^\/(?!(?:openapi\.json|organization)$)(?<id>[^/]+)$/ },
  { name: 'rotateKey', method: 'POST', path: /^\/(?<id>[^/]+)\/rotate$/ },
  { name: 'listOrganizationKeys', method: 'GET', path: /^\/organization$/ },
  { name: 'readPolicy', method: 'GET', path: /^\/organization\/policy$/ },
  { name: 'updatePolicy', method: 'PATCH', path: /^\/organization\/policy$/ },
  { name: 'revokeKeysOf', method: 'POST', path: /^\/organization\/owners\/(?<id>[^/]+)\/revoke$/ },
  { name: 'revokeKeysOfOwner', method: 'POST', path: /^\/(?<id>[^/]+)\/owner\/revoke$/ },
  { name: 'describe', method: 'GET', path: /^\/openapi\.json$/ },
] as const;

export type RouteName = (typeof ROUTES)[number]['name'];

/** The route of a request, with the id in its path if it has one. */
export interface FoundRoute {
  readonly name: RouteName;
  readonly id: string;
}

/** The methods at a path, in the form of `Allow` (RFC 9110 section 10.2.1); `undefined` if the path does not exist. */
export function methodsAt(below: string): string | undefined {
  const methods = ROUTES.filter(({ path }) => path.test(below)).map(({ method }) => method);
  if (methods.length === 0) return undefined;
  // HEAD is GET without the body (RFC 9110 section 9.3.2).
  return [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'].join(', ');
}

/**
 * Finds the route of a request whose method is in {@link methodsAt}.
 *
 * @throws ServiceError `NOT_FOUND`
 */
export function routeAt(method: string, below: string): FoundRoute {
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const route of ROUTES) {
    const match = route.method === asked ? route.path.exec(below) : null;
    if (match !== null) return { name: route.name, id: match.groups?.['id'] ?? '' };
  }
  throw new ServiceError('NOT_FOUND');
}
