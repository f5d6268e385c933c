// @ts-nocheck
import { readFileSync } from 'node:fs';

const FILE = new URL('../../openapi.json', import.meta.url);

/**
 * The OpenAPI 3.1 description of the REST endpoint. `npm run openapi` generates it from the zod schemas.
 *
 * @param basePath the path of the API, such as `/api/v1`.
 */
export function readOpenApi(basePath: string): object {
  return { ...(JSON.parse(readFileSync(FILE, 'utf8')) as object), servers: [{ url: basePath }] };
}
