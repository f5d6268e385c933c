import { readFileSync } from 'node:fs';

const FILE = new URL('../../openapi.json', import.meta.url);

/**
 * The description of the REST endpoint (OpenAPI 3.1), which `npm run openapi` makes from the schemas that
 * check the input.
 *
 * @param basePath where the endpoints are, such as `/api/v1`.
 */
export function readOpenApi(basePath: string): object {
  return { ...(JSON.parse(readFileSync(FILE, 'utf8')) as object), servers: [{ url: basePath }] };
}
