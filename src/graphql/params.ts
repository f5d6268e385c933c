import type { GraphQLParams } from 'graphql-yoga';
import { type FieldError, invalid } from '../errors.ts';
import { quoteName } from '../http/printable-name.ts';

const PARAMETERS = new Set(['query', 'operationName', 'variables', 'extensions']);

/**
 * The parameters of a GraphQL request in a JSON body (GraphQL over HTTP, "JSON encoding").
 *
 * @throws ServiceError `VALIDATION_FAILED`; a list of requests is refused, since one request could
 *   then mint many keys.
 */
export function parseParams(body: unknown): GraphQLParams {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid([{ field: 'body', code: 'invalid_type', message: 'Send one GraphQL request, as a JSON object.' }]);
  }
  const faults: FieldError[] = [];
  const params = body as Record<string, unknown>;
  for (const name of Object.keys(params)) {
    if (!PARAMETERS.has(name))
      faults.push(
        fault(quoteName(name).replaceAll('"', ''), 'unknown_field', `A GraphQL request has no ${quoteName(name)}.`),
      );
  }
  const { query, operationName, variables, extensions } = params;
  if (typeof query !== 'string' || query.trim() === '') {
    faults.push(fault('query', 'invalid_type', 'The query must be a string with a GraphQL document.'));
  }
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    faults.push(fault('operationName', 'invalid_type', 'The operationName must be a string.'));
  }
  if (!isMapOrAbsent(variables)) faults.push(fault('variables', 'invalid_type', 'The variables must be an object.'));
  if (!isMapOrAbsent(extensions)) faults.push(fault('extensions', 'invalid_type', 'The extensions must be an object.'));
  if (faults.length > 0) throw invalid(faults);
  return body as GraphQLParams;
}

function isMapOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
}

function fault(field: string, code: string, message: string): FieldError {
  return { field, code, message };
}
