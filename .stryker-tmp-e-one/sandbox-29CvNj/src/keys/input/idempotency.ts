// @ts-nocheck
import { createHash } from 'node:crypto';
import { invalid } from '../../base/errors.ts';

/** `Idempotency-Key`: visible ASCII. This rejects a header that was sent twice, because it arrives joined by ", ". */
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

/** An idempotent request: it has one effect, however often it is sent. */
export interface IdempotentRequest {
  /** The id of the row that it creates. The database enforces that the id is unique. */
  readonly keyId: string;
  /** A digest of the input, to distinguish a repeat from the same value with different input. */
  readonly fingerprint: string;
}

/**
 * Derives the row id from the caller and the value of the header. The parts are joined as a JSON list, so
 * that different parts cannot produce the same text.
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
