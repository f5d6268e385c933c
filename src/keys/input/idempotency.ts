import { createHash } from 'node:crypto';
import { invalid } from '../../base/errors.ts';

/** `Idempotency-Key`: visible ASCII. A header that was sent twice arrives joined by ", ", and a space is not visible. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads an `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header).
 *
 * @throws ServiceError `VALIDATION_FAILED` unless it is 1 to 255 visible ASCII characters.
 */
export function parseIdempotencyKey(header: string | null): string | undefined {
  if (header === null) return undefined;
  if (IDEMPOTENCY_KEY.test(header)) return header;
  throw invalid([
    {
      field: 'Idempotency-Key',
      code: 'invalid_value',
      message: 'The Idempotency-Key header must be 1 to 255 visible ASCII characters, such as a UUID.',
    },
  ]);
}

/** A request that is to have one outcome however often it is sent. */
export interface IdempotentRequest {
  /** The id of the row that it creates: the database's own uniqueness makes it one row. */
  readonly keyId: string;
  /** What it asks for, so that the same value with another input is told from a repeat. */
  readonly fingerprint: string;
}

/**
 * Derives the row id from who asks and the value they chose. The parts are lengths apart (a JSON
 * list), so that no two different requests have the same id by joining differently.
 */
export function idempotentRequest(
  who: { readonly userId: string; readonly organizationId: string | undefined },
  value: string,
  input: unknown,
): IdempotentRequest {
  return {
    keyId: digest([who.userId, who.organizationId ?? null, value]).slice(0, 32),
    fingerprint: digest(input),
  };
}

/** The id of a further row for the same value of the header, after the earlier one has been forgotten. */
export function nextKeyId(keyId: string, createdAt: Date): string {
  return digest([keyId, createdAt.getTime()]).slice(0, 32);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
