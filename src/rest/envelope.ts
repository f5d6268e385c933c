import type { FieldError, ServiceError } from '../errors.ts';

/** The platform's error envelope, which its official clients read. */
interface ErrorEnvelope {
  success: false;
  error: { code: string; message: string; httpStatus: number; details?: { fields: readonly FieldError[] } };
}

/** An answer of the REST door. */
export function jsonResponse(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' },
  });
}

/** The one place that turns an error into a REST answer. */
export function errorResponse(error: ServiceError): Response {
  const envelope: ErrorEnvelope = {
    success: false,
    error: {
      code: error.code,
      message: error.message,
      httpStatus: error.status,
      ...(error.fields === undefined ? {} : { details: { fields: error.fields } }),
    },
  };
  return jsonResponse(error.status, envelope, error.headers);
}
