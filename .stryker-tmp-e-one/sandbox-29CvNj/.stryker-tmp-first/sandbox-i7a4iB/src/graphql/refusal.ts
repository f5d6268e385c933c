// @ts-nocheck
// 
import type { ServiceError } from '../base/errors.ts';
import { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import { toGraphQLError } from './errors.ts';
import { mediaTypeFor } from './media-type.ts';

/** The GraphQL response to a request that is rejected before it is executed. */
export function refuseGraphQL(request: Pick<EndpointRequest, 'headers'>, error: ServiceError): Answer {
  const { message, extensions } = toGraphQLError(error);
  const { http: _, ...shown } = extensions;
  return new Answer(
    error.status,
    { ...error.headers, 'Content-Type': `${mediaTypeFor(request.headers.get('accept'))}; charset=utf-8` },
    JSON.stringify({ errors: [{ message, extensions: shown }] }),
  );
}
