// @ts-nocheck
import { text } from 'node:stream/consumers';
import { Answer, AnswerHeaders } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';

/**
 * graphql-yoga expects the classes of the Fetch standard. It only uses the parts of a request that
 * {@link EndpointRequest} has, and only the constructor of a response. So it gets these classes: the
 * real ones cost as much as executing the operation.
 */
class YogaResponse {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** A stream if the client asked for one: `text/event-stream` or `multipart/mixed`. */
  readonly body: string | ReadableStream | null;

  constructor(
    body: YogaResponse['body'] = null,
    { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
  ) {
    this.status = status;
    this.headers = new AnswerHeaders(headers);
    this.body = body;
  }
}

export const FETCH_API = { Response: YogaResponse as unknown as typeof Response };

export function asWebRequest(request: EndpointRequest): Request {
  return request as unknown as Request;
}

export function asWebResponse({ status, headers, body }: Answer): Response {
  return new YogaResponse(body, { status, headers: Object.fromEntries(headers) }) as unknown as Response;
}

/** Converts the response of yoga. No result is deferred, so a stream always ends. */
export async function toAnswer(response: Response): Promise<Answer> {
  const { status, headers, body } = response as unknown as YogaResponse;
  return new Answer(status, headers, body === null || typeof body === 'string' ? body : await text(body));
}
