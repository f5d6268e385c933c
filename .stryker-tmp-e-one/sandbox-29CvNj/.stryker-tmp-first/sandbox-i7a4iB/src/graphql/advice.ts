// @ts-nocheck
// 
import type { z } from 'zod';
import { quoteName } from '../http/printable-name.ts';
import {
  apiKeyIdInput,
  createApiKeyInput,
  revokeApiKeysOfInput,
  rotateApiKeyInput,
  updateApiKeyInput,
} from '../keys/input/input.ts';
import { adviceOnUnknownField } from '../keys/input/meant.ts';
import { updateApiKeyPolicyInput } from '../keys/input/policy.ts';

const ONE_ARGUMENT = 'Mutations take one argument: createApiKey(input: { name: "CI" }).';

/** Advice for common mistakes, by the message of graphql-js without values. Advice repeats nothing of the request. */
const ADVICE: readonly (readonly [words: RegExp, advice: string])[] = [
  [/DateTime must be a string/, 'Write an RFC 3339 date-time with an offset, such as "2030-01-31T12:00:00Z".'],
  [/Duration must be a string/, 'Write an ISO 8601 duration, such as "P90D" or "PT1H".'],
  [/String cannot represent a non string value/, 'Write text as a string, in double quotes.'],
  [/Boolean cannot represent a non boolean value/, 'Write true or false, without quotes.'],
  [/^Enum "\w+" cannot represent non-enum value/, 'Write the value of an enum in capitals and without quotes.'],
  [/Value "[^"]*" does not exist in "ApiKeyStatus"/, 'Use ACTIVE, EXPIRED, REVOKED or OWNER_LEFT.'],
  [/Value "[^"]*" does not exist in "ApiKeyMinters"/, 'Use MEMBERS or ADMINISTRATORS.'],
  [/on type "(?:Create|Rotate)ApiKeyPayload"/, 'Use the fields of the key below "apiKey": apiKey { id name }.'],
  [
    /^Cannot query field "(?:key|secret|token|hash)" on type "ApiKey"/,
    'The secret is shown once, beside "apiKey", in the response that creates or rotates the key.',
  ],
  [/^Cannot query field "\w*[kK]eys" on type "Query"/, 'Your keys are at viewer { apiKeys { nodes { id name } } }.'],
  [
    /^Cannot query field "(?:delete|remove)\w*" on type "Mutation"/,
    'Use revokeApiKey(input: { id: "…" }) to end a key.',
  ],
  [/^Cannot query field "\w+" on type "Mutation"/, 'Use createApiKey(input: { name: "CI" }) to create a key.'],
  [/^Unknown argument "\w+" on field "Mutation\./, ONE_ARGUMENT],
  [/^Argument "Mutation\.\w+\(input:\)"/, ONE_ARGUMENT],
  [/^Unknown argument "\w+" on field "\w+\.apiKeys"/, 'Ask for a page with "first" and "after".'],
  [/must have a selection of subfields/, 'Choose the fields that you want, in braces.'],
  [
    /^Variable "\$\w+" of (?:required|non-null) type|^Variable "\$\w+".*was not provided/,
    'Send it in "variables", beside "query".',
  ],
  [/subscription operation is not supported/, 'Use a query or a mutation.'],
  [/^Syntax Error/, 'Check braces, brackets and quotes; "locations" says where.'],
];

/** The zod schemas of the input types. */
const INPUTS: Readonly<Record<string, z.ZodObject>> = {
  CreateApiKeyInput: createApiKeyInput,
  RotateApiKeyInput: rotateApiKeyInput,
  RevokeApiKeyInput: apiKeyIdInput,
  RestoreApiKeyInput: apiKeyIdInput,
  RevokeApiKeysOfInput: revokeApiKeysOfInput,
  UpdateApiKeyInput: updateApiKeyInput,
  UpdateApiKeyPolicyInput: updateApiKeyPolicyInput,
};

/** The messages of graphql 17 and graphql 16. */
const UNKNOWN_FIELD = [
  /type "(?<type>\w+)" not to include unknown field "(?<field>\w+)"/,
  /Field "(?<field>\w+)" is not defined by type "(?<type>\w+)"/,
];
const MISSING_FIELD = [
  /type "(?<type>\w+)" to include required field "(?<field>\w+)"/,
  /Field "(?<type>\w+)\.(?<field>\w+)" of required type "[^"]+" was not provided/,
];

/**
 * Advice on an error in a document or its variables: a replacement for the message if it is about a field of
 * an input, otherwise what to do.
 *
 * @param words a message of graphql-js without values.
 */
export function adviceOn(words: string): { readonly instead?: string; readonly also?: string } {
  const unknown = fieldIn(UNKNOWN_FIELD, words);
  if (unknown !== undefined) {
    const advice = adviceOnUnknownField(unknown.field, Object.keys(unknown.input.shape));
    return { instead: `The input has no field ${quoteName(unknown.field)}. ${advice}` };
  }
  const missing = fieldIn(MISSING_FIELD, words);
  if (missing !== undefined) return { instead: `The input is missing the field ${quoteName(missing.field)}. Add it.` };
  const also = ADVICE.find(([pattern]) => pattern.test(words))?.[1];
  return also === undefined ? {} : { also };
}

/** The field that a message names, if it belongs to an input of this service. */
function fieldIn(patterns: readonly RegExp[], words: string): { input: z.ZodObject; field: string } | undefined {
  for (const pattern of patterns) {
    const { type = '', field = '' } = pattern.exec(words)?.groups ?? {};
    const input = Object.hasOwn(INPUTS, type) ? INPUTS[type] : undefined;
    if (input !== undefined) return { input, field };
  }
  return undefined;
}
