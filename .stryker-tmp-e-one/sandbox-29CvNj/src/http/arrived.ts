// @ts-nocheck
import type { EndpointRequest } from './endpoint.ts';

/**
 * Reads the body of a request before any other work starts. A client that stalls in the middle of its
 * body then takes neither a slot nor time from other requests. An error while reading is thrown later,
 * when the handler reads the body.
 *
 * @param limit bytes; a body with a larger `Content-Length` is not read.
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
