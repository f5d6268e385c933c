import type { ServiceError } from '../base/errors.ts';
import type { RequestFacts } from '../http/observer.ts';
import type { ChangeOrigin, Events, KeyAction, KeyEvent, KeyOccurrence, PolicyEvent } from './events.ts';

/** The part of a structured logger that is used; pino's is one. */
export interface EventLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The part of the kernel's logger that is used. */
interface KernelLogger {
  info(message: string, meta?: Record<string, unknown>): void;
  error(message: string, error?: Error, meta?: Record<string, unknown>): void;
}

/** The logger of a host kernel as an {@link EventLog}. */
export function kernelLog(logger: KernelLogger): EventLog {
  return {
    info: (fields, message) => logger.info(message, { ...fields }),
    error: (fields, message) => logger.error(message, undefined, { ...fields }),
  };
}

const WHAT_HAPPENED: Readonly<Record<KeyAction | KeyOccurrence, string>> = {
  create: 'key minted',
  rotate: 'key rotated',
  revoke: 'key revoked',
  restore: 'key restored',
  update: 'key updated',
  delete: 'key deleted',
  expiring: 'key about to end',
  expired: 'key expired',
  ownerLeft: 'key ended with membership',
};

/**
 * One line a request, one a key, one a failure. No line holds a query, a header, or anything else
 * that a caller wrote; the operation is the name of a field of the schema.
 */
export class LogEvents implements Events {
  readonly #log: EventLog;

  constructor(log: EventLog) {
    this.#log = log;
  }

  answered(request: RequestFacts, status: number): void {
    this.#log.info(
      {
        request: request.id,
        endpoint: request.endpoint,
        operation: request.operation,
        code: request.code,
        status,
        ms: rounded(request.milliseconds),
      },
      'request',
    );
  }

  changed(origin: ChangeOrigin, key: KeyEvent): void {
    this.#log.info(
      {
        request: origin.id,
        endpoint: origin.endpoint,
        user: key.userId,
        owner: key.ownerId,
        organization: key.organizationId,
        key: key.keyId,
        prefix: key.prefix,
        previous: key.previousKeyId,
        address: origin.address,
        because: key.because,
        ends: key.endsAt?.toISOString(),
      },
      WHAT_HAPPENED[key.action],
    );
  }

  policyChanged({ id, endpoint, address }: ChangeOrigin, { userId, organizationId, changes }: PolicyEvent): void {
    this.#log.info(
      { request: id, endpoint, user: userId, organization: organizationId, rules: changes, address },
      'key policy changed',
    );
  }

  failed(request: RequestFacts, error: ServiceError): void {
    const { cause } = error;
    this.#log.error(
      {
        request: request.id,
        endpoint: request.endpoint,
        operation: request.operation,
        code: error.code,
        cause: className(cause),
        causeCode: causeCode(cause),
        at: placeOf(cause),
      },
      'request failed',
    );
  }
}

/** Microseconds are noise, and short lines are cheap. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

export function className(cause: unknown): string {
  return cause instanceof Error ? cause.constructor.name : typeof cause;
}

/** `ECONNREFUSED`, `SQLITE_BUSY`, `23505`: the codes of Node and of databases, and nothing that could be data. */
function causeCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' && /^[A-Z0-9_]{1,40}$/.test(cause.code) ? cause.code : undefined;
}

/**
 * Where an error was made: file and line of the first frame. A stack begins with the message, and
 * the message of a database error holds the statement with its values; so the message is cut off
 * first, and where that cannot be done nothing is told.
 */
function placeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || cause.stack === undefined) return undefined;
  const start = cause.stack.indexOf(cause.message);
  if (start < 0) return undefined;
  const frames = cause.stack.slice(start + cause.message.length);
  return /^\n {4}at (?:[^\n]* \()?(?:file:\/\/)?([^\n()]+:\d+:\d+)\)?(?:\n|$)/.exec(frames)?.[1];
}
