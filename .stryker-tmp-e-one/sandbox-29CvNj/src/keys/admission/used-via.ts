// @ts-nocheck
import type { RequestScope } from '../../http/request-scope.ts';
import type { ApiKeyDoor } from '../record/api-key-detail.ts';

/** The first part of the path below the base path of the platform's routes. */
const VIA_BY_PATH: Readonly<Record<string, ApiKeyDoor>> = {
  data: 'DATA',
  batch: 'DATA',
  mcp: 'MCP',
  graphql: 'GRAPHQL',
};

/**
 * The kind of route that a request uses, for display only.
 *
 * @param basePath the prefix of the platform's routes, such as `/api/v1`.
 */
export function usedVia({ url }: Pick<RequestScope, 'url'>, basePath: string): ApiKeyDoor {
  const path = pathOf(url);
  if (!path.startsWith(`${basePath}/`)) return 'OTHER';
  // The platform also serves most of its routes below an environment.
  const below = path.slice(basePath.length).replace(/^\/environments\/[^/]+(?=\/)/, '');
  return VIA_BY_PATH[below.split('/')[1] ?? ''] ?? 'OTHER';
}

function pathOf(url: string): string {
  const { pathname } = new URL(url, 'http://localhost');
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}
