import { API_KEY_PREFIX } from '@objectstack/core';
import { z } from 'zod';
import { type FieldError, invalid } from '../../base/errors.ts';
import { quoteName } from '../../http/printable-name.ts';
import { parseDuration } from './duration.ts';
import { expiresAt, expiresIn } from './expiry.ts';
import { isKeyId } from './key-id.ts';
import { adviceOnUnknownField } from './meant.ts';
import { allowedNetworks, remainingNetworks } from './networks.ts';
import { description, name } from './text.ts';

/** The most scopes on one key. */
export const MAX_SCOPES = 100;

/**
 * The machine name of a permission set. The pattern also keeps secrets that were pasted in the wrong
 * place out of the "you do not hold this scope" message, which names the scope.
 */
export const SCOPE_PATTERN = /^(?!osk_)[a-z][a-z0-9_.:-]{0,127}$/;

const scope = z
  .string('A scope must be a string.')
  .regex(
    SCOPE_PATTERN,
    'A scope must be "data:read", "data:write", "actions:execute" or the name of a permission set.',
  );

/** Names of scopes. `none` is the answer to an empty list, which would mean "no limits" by accident. */
function scopes(none: string) {
  return z
    .array(scope, 'The scopes must be a list of strings.')
    .min(1, none)
    .max(MAX_SCOPES, `A key can carry at most ${MAX_SCOPES} scopes.`)
    .transform((list) => [...new Set(list)]);
}

/** Left out, they put no limit on the key. A form sends an empty list when every choice was taken back. */
const scopesOfNewKey = scopes(
  'Give at least one scope, such as "data:read". To create a key that may do everything that you may, leave the scopes out.',
);

/** The input for a new key, for both endpoints. The GraphQL input type has the same fields. */
export const createApiKeyInput = z.strictObject({
  name,
  description: description.nullish().transform((value) => value || undefined),
  scopes: scopesOfNewKey.nullish().transform((value) => value ?? []),
  expiresAt: expiresAt.nullish().transform((value) => value ?? undefined),
  expiresIn: expiresIn.nullish().transform((value) => value ?? undefined),
  allowedNetworks: allowedNetworks.nullish().transform((value) => value ?? []),
});

/** The validated input for a new key. */
export type CreateApiKeyInput = z.output<typeof createApiKeyInput>;

/** The fields that a caller may send, by their GraphQL names. */
export const INPUT_FIELDS: ReadonlySet<string> = new Set(Object.keys(createApiKeyInput.shape));

/**
 * The refusal of a field that is not in the input: by its name, never by its value.
 *
 * @param fields those that there are, as the endpoint spells them.
 */
export function unknownField(field: string, fields: readonly string[]): FieldError {
  return {
    field: quoteName(field).replaceAll('"', ''),
    code: 'unknown_field',
    message: `The input has no field ${quoteName(field)}. ${adviceOnUnknownField(field, fields)}`,
  };
}

/** Validates the input of `createApiKey`; see {@link parseInput}. */
export function parseCreateApiKeyInput(input: unknown): CreateApiKeyInput {
  return parseInput(createApiKeyInput, input);
}

/**
 * Validates an input.
 *
 * @throws ServiceError `VALIDATION_FAILED`, naming each invalid field but no value.
 */
export function parseInput<T extends z.ZodObject>(schema: T, input: unknown): z.output<T> {
  // Check own keys before zod does: `__proto__` and `constructor` are names like any other.
  if (typeof input === 'object' && input !== null) {
    const unknown = Object.keys(input).filter((key) => !Object.hasOwn(schema.shape, key));
    const fields = Object.keys(schema.shape);
    if (unknown.length > 0) throw invalid(unknown.slice(0, 10).map((key) => unknownField(key, fields)));
  }
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(result.error.issues.map(toFieldError));
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
  const field = issue.path[0];
  return {
    field: typeof field === 'string' ? field : 'input',
    code: issue.code === 'custom' ? 'invalid_value' : issue.code,
    message: issue.message,
  };
}

/** The longest overlap of a replaced key and its replacement, in milliseconds: seven days. */
export const MAX_OVERLAP = 7 * 24 * 60 * 60 * 1000;

const WHERE_IDS_ARE = 'The list of keys shows the id of each.';
const id = z
  .string('The id must be a string.')
  .min(1, { error: `The id must not be empty. ${WHERE_IDS_ARE}`, abort: true })
  // Not looked up, and not repeated: it may be a whole key.
  .refine((value) => !value.startsWith(API_KEY_PREFIX), {
    error: `This is a key or its prefix, not its id. ${WHERE_IDS_ARE}`,
    abort: true,
  })
  .max(64, { error: `The id is too long. ${WHERE_IDS_ARE}`, abort: true })
  .refine(isKeyId, `This is not a valid key id. ${WHERE_IDS_ARE}`);
const OVERLAP = 'The overlap must be an ISO 8601 duration from PT0S to P7D, such as "PT1H".';
const overlap = z.string(OVERLAP).transform((value, context) => {
  const milliseconds = parseDuration(value);
  if (milliseconds !== undefined && milliseconds <= MAX_OVERLAP) return milliseconds;
  context.addIssue({
    code: 'custom',
    message: OVERLAP,
  });
  return z.NEVER;
});

/** Which key to replace, and how long the old key keeps working. */
export const rotateApiKeyInput = z.strictObject({ id, overlap: overlap.nullish().transform((value) => value ?? 0) });

const WHERE_OWNERS_ARE = "The list of the organization's keys shows the owner of each.";
const userId = z
  .string('The userId must be a string.')
  .refine(isKeyId, `This is not a valid id of a person. ${WHERE_OWNERS_ARE}`);

/** Whose keys to revoke. */
export const revokeApiKeysOfInput = z.strictObject({ userId });

/** Of which scopes to say what a key with them could do, and with which object. */
export const apiKeyAccessInput = z.strictObject({
  scopes: scopes('Give at least one scope. A key without scopes may do everything that you may.'),
  object: z
    .string('The object must be a string.')
    .regex(/^[a-z][a-z0-9_]{0,127}$/, 'The object must be the name of an object, such as "account".')
    .nullish(),
});

/** Which key to revoke or to restore. */
export const apiKeyIdInput = z.strictObject({ id });

/**
 * What to change of a key. What is left out stays as it is, and null means "none", as it does for a new key: no
 * description, and no limit, which only a key without one may be said to have.
 */
export const updateApiKeyInput = z.strictObject({
  id,
  name: name.optional(),
  description: description.nullable().optional(),
  scopes: scopes(
    'Give at least one scope that the key is to keep, or leave the scopes out to keep them all. To stop the key, revoke it.',
  )
    .nullable()
    .optional(),
  expiresAt: expiresAt.nullable().optional(),
  allowedNetworks: remainingNetworks.nullable().optional(),
});

/** A checked change of a key. */
export type UpdateApiKeyInput = z.output<typeof updateApiKeyInput>;
