/**
 * The one registry of error codes. The same word appears as `extensions.code` in GraphQL and as
 * `error.code` in REST, and the status is the same at both endpoints.
 */
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
  /** The same `Idempotency-Key` with another input. */
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

/** A code of the contract. */
export type ErrorCode = keyof typeof ERRORS;

/** What is wrong with one field of the input: its name, a stable code, and a sentence for a person. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface ServiceErrorOptions {
  /** A sentence for the caller. It must never hold a value that the caller sent in a refused field. */
  readonly message?: string;
  readonly fields?: readonly FieldError[];
  /** Seconds, for the `Retry-After` header (RFC 9110 section 10.2.3). */
  readonly retryAfter?: number;
  /** Further response headers, such as `Allow` for a 405 (RFC 9110 section 15.5.6). */
  readonly headers?: Readonly<Record<string, string>>;
  /** What was caught. For telling classes of failure apart in the log; never sent, never printed. */
  readonly cause?: unknown;
}

/**
 * An error that was written for the caller: its code and its message may be shown as they are.
 * Everything else that is thrown is answered as `INTERNAL_ERROR` with nothing of its cause.
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

/** Seconds after which a client may try again when the database or the tenancy service did not answer. */
export const UNAVAILABLE_RETRY_AFTER = 2;

/** The database, or a service that a check depends on, did not answer: nothing was written. */
export function unavailable(cause?: unknown): ServiceError {
  return new ServiceError('SERVICE_UNAVAILABLE', { retryAfter: UNAVAILABLE_RETRY_AFTER, cause });
}

/** A refusal of fields of the input, with a message that names them. */
export function invalid(fields: readonly FieldError[]): ServiceError {
  return new ServiceError('VALIDATION_FAILED', {
    message: summary(fields.map(({ message }) => message)) || ERRORS.VALIDATION_FAILED.message,
    fields,
  });
}

/** Characters of a message that a person reads in a toast or a terminal; each field keeps its own sentence. */
const SUMMARY_LENGTH = 500;

/** The sentences, as many as a person reads at once, and how many were left out. */
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
 * The answer to whatever was thrown: a {@link ServiceError} as it is, anything else as
 * `INTERNAL_ERROR`. Database errors carry the compiled statement with its bound values in their
 * message, so the message of a foreign error goes nowhere.
 */
export function toServiceError(thrown: unknown): ServiceError {
  return thrown instanceof ServiceError ? thrown : new ServiceError('INTERNAL_ERROR', { cause: thrown });
}
