/**
 * All error codes. A code appears as `extensions.code` in GraphQL and as `error.code` in REST, with
 * the same HTTP status at both endpoints.
 */
// @ts-nocheck

// 

export const ERRORS = {
  UNAUTHENTICATED: {
    status: 401,
    message: 'Sign in first. This request needs a session token ("Authorization: Bearer …") or a session cookie.',
  },
  FORBIDDEN: { status: 403, message: 'You are not allowed to do this. Ask an administrator.' },
  VALIDATION_FAILED: { status: 400, message: 'The request is not valid.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: 'This method is not allowed here. The header Allow lists those that are.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'Send the request body as JSON, with the header "Content-Type: application/json".',
  },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The request body is too large. Send less.' },
  /** The cap on active keys: waiting does not help. */
  LIMIT_REACHED: {
    status: 403,
    message: 'You have reached the limit on active keys. Revoke one that you no longer need.',
  },
  /** A rule of the organization for its keys; the message names it. */
  POLICY_VIOLATION: { status: 403, message: 'The policy of this organization does not allow this.' },
  NOT_FOUND: { status: 404, message: 'There is nothing at this address. Check the path.' },
  /** Rotating a key that is revoked or has expired. */
  KEY_NOT_ACTIVE: {
    status: 409,
    message: 'This key is revoked or has expired, so it cannot be rotated. Create a new key.',
  },
  /** The same `Idempotency-Key` with different input. */
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    message: 'This Idempotency-Key was used for another request. Use a new value for a new request.',
  },
  RATE_LIMITED: { status: 429, message: 'Too many requests. Try again later.' },
  SERVICE_UNAVAILABLE: { status: 503, message: 'The service cannot answer right now. Try again shortly.' },
  INTERNAL_ERROR: {
    status: 500,
    message: 'Something went wrong on the server. Its log has more, under the X-Request-Id of this response.',
  },
} as const satisfies Record<string, { status: number; message: string }>;

/** A documented error code. */
export type ErrorCode = keyof typeof ERRORS;

/** What is wrong with one field of the input: its name, a stable code, and a readable sentence. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface ServiceErrorOptions {
  /** A sentence for the caller. It must never contain a value that the caller sent in a rejected field. */
  readonly message?: string;
  readonly fields?: readonly FieldError[];
  /** Seconds, for the `Retry-After` header (RFC 9110 section 10.2.3). */
  readonly retryAfter?: number;
  /** Further response headers, such as `Allow` for a 405 (RFC 9110 section 15.5.6). */
  readonly headers?: Readonly<Record<string, string>>;
  /** The original error. The log uses it to distinguish kinds of failure; it is never sent or printed. */
  readonly cause?: unknown;
}

/**
 * An error for the caller: its code and message are safe to send. Any other error becomes
 * `INTERNAL_ERROR`, without details of its cause.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, options: ServiceErrorOptions = {}) {
    super(options.message ?? ERRORS[code].message, { cause: options.cause });
    this.code = code;
    this.fields = options.fields;
    this.headers = {
      ...options.headers,
      ...(options.retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(options.retryAfter)) }),
    };
  }

  /** The HTTP status that goes with the code. */
  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** `Retry-After` in seconds when the database or the tenancy service did not answer. */
export const UNAVAILABLE_RETRY_AFTER = 2;

/** The error when the database, or a service that a check depends on, did not answer. Nothing was written. */
export function unavailable(cause?: unknown): ServiceError {
  return new ServiceError('SERVICE_UNAVAILABLE', { retryAfter: UNAVAILABLE_RETRY_AFTER, cause });
}

/** The error for invalid fields of the input, with a message that names them. */
export function invalid(fields: readonly FieldError[]): ServiceError {
  return new ServiceError('VALIDATION_FAILED', {
    message: summary(fields.map(({ message }) => message)) || ERRORS.VALIDATION_FAILED.message,
    fields,
  });
}

/** The longest summary, in characters, that is still readable in a toast or a terminal. Each field keeps its own message. */
const SUMMARY_LENGTH = 500;

/** As many sentences as fit, and how many more problems there are. */
function summary(sentences: readonly string[]): string {
  const [first = '', ...others] = new Set(sentences);
  let said = first;
  for (const [at, sentence] of others.entries()) {
    const left = others.length - at;
    if (said.length + sentence.length > SUMMARY_LENGTH)
      return `${said} There ${left === 1 ? 'is 1 more problem' : `are ${left} more problems`}.`;
    said += ` ${sentence}`;
  }
  return said;
}

/**
 * Converts any thrown value: a {@link ServiceError} stays as it is, anything else becomes
 * `INTERNAL_ERROR`. The message of a database error contains the statement with its bound values, so
 * messages of other errors are never passed on.
 */
export function toServiceError(thrown: unknown): ServiceError {
  return thrown instanceof ServiceError ? thrown : new ServiceError('INTERNAL_ERROR', { cause: thrown });
}
