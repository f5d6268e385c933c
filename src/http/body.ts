import { invalid, ServiceError } from '../base/errors.ts';
import type { EndpointRequest } from './endpoint.ts';
import { NOT_JSON, parseJson } from './json.ts';
import type { BodyLimits } from './limits.ts';

/**
 * Reads a JSON request body.
 *
 * @param limits reading stops after `maxBodyBytes`.
 * @throws ServiceError `UNSUPPORTED_MEDIA_TYPE` unless it is declared as JSON (a cross-site form can
 *   send the other types without a preflight) and not compressed, `PAYLOAD_TOO_LARGE`, or
 *   `VALIDATION_FAILED` if it is not JSON in UTF-8, is nested too deeply, or repeats a name.
 */
export async function readJsonBody(
  request: Pick<EndpointRequest, 'headers' | 'readBody'>,
  limits: BodyLimits,
): Promise<unknown> {
  if (!isJson(request.headers.get('content-type'))) throw new ServiceError('UNSUPPORTED_MEDIA_TYPE');
  // Bodies are never decompressed, so a small body cannot expand to a large one.
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

/** Throws on invalid UTF-8. Without `stream`, a decoder keeps no state between calls, so it can be shared. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

async function readText(request: Pick<EndpointRequest, 'headers' | 'readBody'>, limit: number): Promise<string> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > limit) throw tooLarge(limit);
  // Without `Content-Length`, the length is counted while reading.
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
