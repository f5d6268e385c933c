import { type FieldError, invalid, ServiceError } from '../base/errors.ts';
import { parseEpoch } from '../keys/input/date-time.ts';
import { INPUT_FIELDS, unknownField, updateApiKeyInput } from '../keys/input/input.ts';
import { updateApiKeyPolicyInput } from '../keys/input/policy.ts';

/** REST names the fields of the input in snake case, as the data API does. */
const SPELLED: ReadonlyMap<string, string> = new Map([
  ['expiresAt', 'expires_at'],
  ['expiresIn', 'expires_in'],
  ['allowedNetworks', 'allowed_networks'],
  ['maxLifetime', 'max_lifetime'],
  ['defaultLifetime', 'default_lifetime'],
  ['revokeUnusedAfter', 'revoke_unused_after'],
  ['requireScopes', 'require_scopes'],
  ['whoMayMint', 'who_may_mint'],
  ['ownerId', 'owner_id'],
  ['userId', 'user_id'],
  ['expiresWithin', 'expires_within'],
  ['unusedFor', 'unused_for'],
]);
export const spell = (field: string): string => SPELLED.get(field) ?? field;
const bySpelling = (fields: Iterable<string>): ReadonlyMap<string, string> =>
  new Map([...fields].map((field) => [spell(field), field]));
const FIELD_BY_SPELLING = bySpelling(INPUT_FIELDS);
const UPDATED_FIELD_BY_SPELLING = bySpelling(Object.keys(updateApiKeyInput.omit({ id: true }).shape));

const RULE_BY_SPELLING = bySpelling(Object.keys(updateApiKeyPolicyInput.shape));

/** Forms send text: "none" removes a rule, and "yes" and "no" answer a question. */
const WORDS_OF_FORMS: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  ['none', null],
  ['yes', true],
  ['no', false],
]);
/** This value for `scopes` explicitly asks for a key that may do everything that its owner may. */
const ALL_SCOPES = '*';

/**
 * Converts the body of `POST /api/v1/keys` to the input of a new key. It renames the fields, and accepts
 * an epoch number as expiry, which the platform's clients send, and the values that HTML forms send.
 *
 * @throws ServiceError `VALIDATION_FAILED` for a body that cannot be converted. Everything else is left
 *   to the validation of the input.
 */
export function toCreateInput(body: object): Record<string, unknown> {
  assertKnown(body, FIELD_BY_SPELLING);
  const { expires_in, ...rest } = withoutEmpty(body, 'name');
  const input = respelledInput(rest, FIELD_BY_SPELLING, undefined);
  const expiresIn = lifeSpan(expires_in, rest['expires_at']);
  return expiresIn === undefined ? input : { ...input, expiresIn };
}

/**
 * Converts the body of `PATCH /api/v1/keys/{id}` to the input of an update. Null removes a value, and an empty string is
 * the same as leaving the field out.
 *
 * @throws ServiceError `VALIDATION_FAILED`, as {@link toCreateInput}.
 */
export function toUpdateInput(body: object): Record<string, unknown> {
  assertKnown(body, UPDATED_FIELD_BY_SPELLING);
  return respelledInput(withoutEmpty(body), UPDATED_FIELD_BY_SPELLING, null);
}

/**
 * Converts the body of `PATCH /api/v1/keys/organization/policy` to the input of a change of the policy. Null, or the
 * word "none" of a form, removes a rule, and an empty string is the same as leaving the rule out.
 *
 * @throws ServiceError `VALIDATION_FAILED`, as {@link toCreateInput}.
 */
export function toPolicyInput(body: object): Record<string, unknown> {
  assertKnown(body, RULE_BY_SPELLING);
  return Object.fromEntries(
    Object.entries(withoutEmpty(body)).map(([rule, value]) => [
      RULE_BY_SPELLING.get(rule),
      WORDS_OF_FORMS.has(value) ? WORDS_OF_FORMS.get(value) : value,
    ]),
  );
}

/** @throws ServiceError `VALIDATION_FAILED`, naming each field that is not one of these. */
export function assertKnown(body: object, fields: ReadonlyMap<string, string>): void {
  const unknown = Object.keys(body).filter((key) => !fields.has(key));
  const known = [...fields.keys()];
  if (unknown.length > 0) throw invalid(unknown.slice(0, 10).map((key) => unknownField(key, known)));
}

/** @param noLimit how the input says that a key has no scopes. */
function respelledInput(
  body: Record<string, unknown>,
  fields: ReadonlyMap<string, string>,
  noLimit: null | undefined,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [fields.get(key), read(key, value, noLimit)]));
}

/**
 * The body without empty strings: a form sends an empty string for a field that was cleared.
 *
 * @param required a field that must not be empty, so its empty string is kept.
 */
export function withoutEmpty(body: object, required?: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([key, value]) => value !== '' || key === required));
}

function read(key: string, value: unknown, noLimit: null | undefined): unknown {
  if (key === 'expires_at') return expiry(value);
  if (key === 'scopes' && Array.isArray(value) && value.includes(ALL_SCOPES)) return allScopes(value, noLimit);
  if (key === 'allowed_networks' && typeof value === 'string') return value.split(/[\s,]+/).filter((one) => one !== '');
  return value;
}

/** A form offers "everything" beside the scopes. Together with another scope, the choice is ambiguous. */
function allScopes(scopes: readonly unknown[], noLimit: null | undefined): null | undefined {
  if (scopes.every((scope) => scope === ALL_SCOPES)) return noLimit;
  throw invalid([
    {
      field: 'scopes',
      code: 'ambiguous',
      message: 'Choose either no limit ("*") or the scopes that the key is limited to, not both.',
    },
  ]);
}

/** Forms offer a list of lifetimes, with the words "never" and "date" among them. */
function lifeSpan(value: unknown, expiresAt: unknown): unknown {
  if (value === 'never') {
    if (expiresAt === undefined || expiresAt === null) return undefined;
    throw expiryFault('ambiguous', 'Choose either "never" or a date in expires_at, not both.');
  }
  if (value === 'date') {
    if (expiresAt !== undefined && expiresAt !== null) return undefined;
    throw expiryFault('required', 'Enter the date on which the key expires.');
  }
  return value;
}

function expiryFault(code: string, message: string): ServiceError {
  return invalid([{ field: code === 'required' ? 'expires_at' : 'expires_in', code, message }]);
}

function expiry(value: unknown): unknown {
  if (typeof value !== 'number') return value;
  const instant = parseEpoch(value);
  if (instant !== undefined) return instant.toISOString();
  throw invalid([
    {
      field: 'expires_at',
      code: 'invalid_value',
      message:
        'The expiry must be a Unix time in seconds or milliseconds, in the years 0 to 9999, or an RFC 3339 date-time.',
    },
  ]);
}

/** Renames the fields of an error for REST. An unknown field keeps the caller's name. */
export function respelled(error: ServiceError): ServiceError {
  if (error.fields === undefined) return error;
  const fields = error.fields.map(
    (fault): FieldError => (fault.code === 'unknown_field' ? fault : { ...fault, field: spell(fault.field) }),
  );
  return new ServiceError(error.code, { message: error.message, fields, headers: error.headers, cause: error.cause });
}
