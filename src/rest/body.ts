import { type FieldError, invalid, ServiceError } from '../base/errors.ts';
import { parseEpoch } from '../keys/input/date-time.ts';
import { INPUT_FIELDS, unknownField } from '../keys/input/input.ts';

/** REST spells the fields of the input in snake case, as the data API does. */
const SPELLED: ReadonlyMap<string, string> = new Map([['expiresAt', 'expires_at']]);
export const spell = (field: string): string => SPELLED.get(field) ?? field;
const FIELD_BY_SPELLING = new Map([...INPUT_FIELDS].map((field) => [spell(field), field]));

/**
 * The body of `POST /api/v1/keys` as the input of a new key: the same fields, spelled otherwise, and
 * an expiry that may be an epoch number, which the platform's clients send.
 *
 * @throws ServiceError `VALIDATION_FAILED` for what cannot be spelled as that input; everything
 *   else is left to the input's own check.
 */
export function toCreateInput(body: object): Record<string, unknown> {
  const unknown = Object.keys(body).filter((key) => !FIELD_BY_SPELLING.has(key));
  if (unknown.length > 0) throw invalid(unknown.slice(0, 10).map(unknownField));
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      FIELD_BY_SPELLING.get(key),
      key === 'expires_at' ? expiry(value) : value,
    ]),
  );
}

function expiry(value: unknown): unknown {
  if (typeof value !== 'number') return value;
  const instant = parseEpoch(value);
  if (instant !== undefined) return instant.toISOString();
  throw invalid([
    {
      field: 'expires_at',
      code: 'invalid_value',
      message: 'The expiry must be a Unix time in seconds or milliseconds.',
    },
  ]);
}

/** A refusal with the fields as REST spells them; a field that there is not keeps the caller's name. */
export function respelled(error: ServiceError): ServiceError {
  if (error.fields === undefined) return error;
  const fields = error.fields.map(
    (fault): FieldError => (fault.code === 'unknown_field' ? fault : { ...fault, field: spell(fault.field) }),
  );
  return new ServiceError(error.code, { message: error.message, fields, headers: error.headers, cause: error.cause });
}
