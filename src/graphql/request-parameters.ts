import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { type FieldError, invalid } from '../base/errors.ts';
import { readJsonBody } from '../http/body.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import { parseJson } from '../http/json.ts';
import { quoteName } from '../http/printable-name.ts';
import type { ServerContext } from './authentication.ts';
import type { RequestLimits } from './request-limits.ts';

const PARAMETERS = new Set(['query', 'operationName', 'variables', 'extensions']);

/** Reads the parameters of one GraphQL request from a JSON body within the limits, or from the URL. */
export function useRequestParameters(limits: RequestLimits): Plugin<object, ServerContext> {
  return {
    onRequestParse({ url, serverContext: { received, parameters }, setRequestParser }) {
      setRequestParser(async () =>
        received.method === 'POST'
          ? (parameters ?? readParameters(received, limits))
          : parseParams(paramsInUrl(url.searchParams, limits)),
      );
    },
  };
}

/** Reads the parameters in the body of a POST. @throws ServiceError */
export async function readParameters(received: EndpointRequest, limits: RequestLimits): Promise<GraphQLParams> {
  return parseParams(await readJsonBody(received, limits));
}

/**
 * The parameters of a GraphQL request in a query string (GraphQL over HTTP, "GET"), not validated yet.
 * A repeated parameter is ambiguous and rejected; other parameters are ignored.
 */
function paramsInUrl(search: URLSearchParams, { maxJsonDepth }: RequestLimits): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const name of PARAMETERS) {
    const [value, ...others] = search.getAll(name);
    if (others.length > 0)
      throw invalid([fault(name, 'duplicate_name', `The query string has "${name}" twice. Send it once.`)]);
    if (value === undefined || value === '') continue;
    params[name] = name === 'variables' || name === 'extensions' ? parseJson(value, maxJsonDepth) : value;
  }
  return params;
}

/**
 * The parameters of a GraphQL request in a JSON body (GraphQL over HTTP, "JSON encoding").
 *
 * @throws ServiceError `VALIDATION_FAILED`; also for a list of requests, which could create many keys
 *   at once.
 */
function parseParams(body: unknown): GraphQLParams {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid([
      {
        field: 'body',
        code: 'invalid_type',
        message: 'Send one GraphQL request, as a JSON object such as { "query": "{ viewer { id } }" }.',
      },
    ]);
  }
  const faults: FieldError[] = [];
  const params = body as Record<string, unknown>;
  for (const name of Object.keys(params)) {
    if (!PARAMETERS.has(name))
      faults.push(
        fault(
          quoteName(name).replaceAll('"', ''),
          'unknown_field',
          `A GraphQL request has no ${quoteName(name)}. It has "query", "variables", "operationName" and "extensions"; put values for the query into "variables".`,
        ),
      );
  }
  const { query, operationName, variables, extensions } = params;
  if (typeof query !== 'string' || query.trim() === '') {
    faults.push(
      fault(
        'query',
        'invalid_type',
        'The query must be a string with a GraphQL document, such as "{ viewer { id } }".',
      ),
    );
  }
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    faults.push(fault('operationName', 'invalid_type', 'The operationName must be a string.'));
  }
  if (!isMapOrAbsent(variables))
    faults.push(
      fault('variables', 'invalid_type', 'The variables must be an object, such as { "input": { "name": "CI" } }.'),
    );
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
