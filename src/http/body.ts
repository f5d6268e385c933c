import { invalid, ServiceError } from '../errors.ts';

/**
 * Reads a JSON request body.
 *
 * @param limit bytes; a longer body is not read to its end.
 * @throws ServiceError `UNSUPPORTED_MEDIA_TYPE` unless it is declared as JSON (a cross-site form can
 *   send the other types without a preflight), `PAYLOAD_TOO_LARGE`, or `VALIDATION_FAILED` when it
 *   is not JSON in UTF-8.
 */
export async function readJsonBody(request: Request, limit: number): Promise<unknown> {
  if (!isJson(request.headers.get('content-type'))) throw new ServiceError('UNSUPPORTED_MEDIA_TYPE');
  const text = await readText(request, limit);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text around the fault.
    throw malformed();
  }
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

async function readText(request: Request, limit: number): Promise<string> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > limit) throw tooLarge(limit);
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Without a declared length, the length is known only at the end: count while reading.
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw malformed();
  }
}

function tooLarge(limit: number): ServiceError {
  return new ServiceError('PAYLOAD_TOO_LARGE', { message: `The request body is larger than ${limit} bytes.` });
}

function malformed(): ServiceError {
  return invalid([{ field: 'body', code: 'malformed_json', message: 'The request body is not JSON in UTF-8.' }]);
}
