import type { EndpointRequest } from './endpoint.ts';

/**
 * A request whose body is here, as far as it will be read. It is awaited before anything is done for
 * the request: who stalls in the middle of a body then holds none of the places and none of the time
 * that others need. A body that cannot be read is told to whoever reads it, in its turn.
 *
 * @param limit bytes; a body that is declared longer is not waited for.
 */
export async function arrived(request: EndpointRequest, limit: number): Promise<EndpointRequest> {
  const { method, url, headers } = request;
  const declared = headers.get('content-length');
  if (declared !== null && Number(declared) > limit) return request;
  const [body] = await Promise.allSettled([request.readBody(limit)]);
  return {
    method,
    url,
    headers,
    readBody: async () => {
      if (body.status === 'rejected') throw body.reason;
      return body.value;
    },
  };
}
