// @ts-nocheck
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
  narrow: 'key narrowed',
  update: 'key updated',
  delete: 'key deleted',
  expiring: 'key about to end',
  expired: 'key expired',
  ownerLeft: 'key ended with membership',
};

/**
 * Logs one line for each request, key change and failure. No line contains a query, a header, or other
 * input from the caller; the operation is the name of a field in the schema.
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

/** Rounds: microseconds are noise, and short lines cost less. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

export function className(cause: unknown): string {
  return cause instanceof Error ? cause.constructor.name : typeof cause;
}

/** Error codes of Node and databases, such as `ECONNREFUSED`, `SQLITE_BUSY` or `23505`; nothing that could be data. */
function causeCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' && /^[A-Z0-9_]{1,40}$/.test(cause.code) ? cause.code : undefined;
}

/**
 * The file and line where an error was created, from the first stack frame. A stack starts with the
 * message, and the message of a database error contains the statement with its values. So the message
 * is removed first; if that is not possible, nothing is logged.
 */
function placeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || cause.stack === undefined) return undefined;
  const start = cause.stack.indexOf(cause.message);
  if (start < 0) return undefined;
  const frames = cause.stack.slice(start + cause.message.length);
  return /^\n {4}at (?:[^\n]* \()?(?:file:\/\/)?([^\n()]+:\d+:\d+)\)?(?:\n|$)/.exec(frames)?.[1];
}
