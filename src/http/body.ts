import { invalid, ServiceError } from '../base/errors.ts';
import type { EndpointRequest } from './endpoint.ts';
import { NOT_JSON, parseJson } from './json.ts';
import type { RequestLimits } from './limits.ts';

/**
 * Reads a JSON request body.
 *
 * @param limits a body of more than `maxBodyBytes` is not read to its end.
 * @throws ServiceError `UNSUPPORTED_MEDIA_TYPE` unless it is declared as JSON (a cross-site form can
 *   send the other types without a preflight) and not compressed, `PAYLOAD_TOO_LARGE`, or
 *   `VALIDATION_FAILED` when it is not JSON in UTF-8, nested too deep, or has a name twice.
 */
export async function readJsonBody(
  request: Pick<EndpointRequest, 'headers' | 'readBody'>,
  limits: Pick<RequestLimits, 'maxBodyBytes' | 'maxJsonDepth'>,
): Promise<unknown> {
  if (!isJson(request.headers.get('content-type'))) throw new ServiceError('UNSUPPORTED_MEDIA_TYPE');
  // Nothing here decompresses: a small body that unpacks to a large one cannot be sent.
  if ((request.headers.get('content-encoding') ?? 'identity').toLowerCase() !== 'identity') {
    throw new ServiceError('UNSUPPORTED_MEDIA_TYPE', { message: 'Send the request body uncompressed.' });
  }
  return parseJson(await readText(request, limits.maxBodyBytes), limits.maxJsonDepth);
}

function isJson(contentType: string | null): boolean {
  if (contentType === null) return false;
  const [type, ...parameters] = contentType.toLowerCase().split(';');
  return (
    type?.trim() === 'application/json' &&
    parameters.every(
      (parameter) => !/^\s*charset\s*=/.test(parameter) || /^\s*charset\s*=\s*"?utf-8"?\s*$/.test(parameter),
    )
  );
}

/** Refuses what is not UTF-8; a decoder that is not asked to stream keeps nothing between two texts. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

async function readText(request: Pick<EndpointRequest, 'headers' | 'readBody'>, limit: number): Promise<string> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > limit) throw tooLarge(limit);
  // Without a declared length, the length is known only at the end: it is counted while reading.
  const bytes = await request.readBody(limit);
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw malformed();
  }
}

export function tooLarge(limit: number): ServiceError {
  return new ServiceError('PAYLOAD_TOO_LARGE', {
    message: `The request body is larger than ${limit} bytes. Send less.`,
  });
}

export function malformed(): ServiceError {
  return invalid([{ field: 'body', code: 'malformed_json', message: NOT_JSON }]);
}
