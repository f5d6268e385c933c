import type { Authenticator } from '../auth/authenticator.ts';
import { requireSession } from '../auth/session-required.ts';
import { invalid } from '../base/errors.ts';
import { readJsonBody } from '../http/body.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import type { BodyLimits } from '../http/limits.ts';
import type { Caller } from '../keys/mint/caller.ts';
import type { KeyService } from '../keys/service.ts';

export interface RestOptions {
  /** The path of the API, including the data API: `/api/v1`. */
  readonly basePath: string;
  readonly keys: KeyService;
  readonly authenticator: Authenticator;
  readonly limits: BodyLimits;
}

/**
 * Authenticates a request that changes a key, and reads its JSON object. Without a session, the body is
 * not read.
 *
 * @throws ServiceError
 */
export async function readChange(
  request: EndpointRequest,
  exchange: Exchange,
  { authenticator, limits }: RestOptions,
): Promise<{ readonly caller: Caller; readonly body: object }> {
  const principal = requireSession(await exchange.during('authenticate', () => authenticator.authenticate(request)));
  const body = await readJsonBody(request, limits);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid([
      {
        field: 'body',
        code: 'invalid_type',
        message: 'The request body must be a JSON object, such as { "name": "CI" }.',
      },
    ]);
  }
  return { caller: { principal, request: exchange }, body };
}
