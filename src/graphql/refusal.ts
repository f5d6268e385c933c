import type { ServiceError } from '../base/errors.ts';
import { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import { toGraphQLError } from './errors.ts';
import { mediaTypeFor } from './media-type.ts';

/** The response to a request that is refused before GraphQL sees it, in the shape of a GraphQL answer. */
export function refuseGraphQL(request: Pick<EndpointRequest, 'headers'>, error: ServiceError): Answer {
  const { message, extensions } = toGraphQLError(error);
  const { http: _, ...shown } = extensions;
  return new Answer(
    error.status,
    { ...error.headers, 'Content-Type': `${mediaTypeFor(request.headers.get('accept'))}; charset=utf-8` },
    JSON.stringify({ errors: [{ message, extensions: shown }] }),
  );
}
