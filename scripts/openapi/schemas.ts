import { isInputObjectType } from 'graphql';
import { z } from 'zod';
import { createApiKeyInput, MAX_SCOPES, SCOPE_PATTERN } from '../../src/keys/input/input.ts';
import { MAX_NETWORKS } from '../../src/keys/input/networks.ts';
import { updateApiKeyPolicyInput } from '../../src/keys/input/policy.ts';
import { MAX_DESCRIPTION_LENGTH } from '../../src/keys/input/text.ts';
import { spell } from '../../src/rest/body.ts';
import { errorEnvelope } from '../../src/rest/envelope.ts';
import { keyPolicy } from '../../src/rest/policy.ts';
import {
  createdKey,
  key,
  keyList,
  organizationKeyList,
  revokedKeys,
  rotatedKey,
} from '../../src/rest/representation.ts';
import { rotateKeyBody } from '../../src/rest/rotate-key.ts';
import { updateKeyBody } from '../../src/rest/update-key.ts';
import { schema } from '../../src/schema/index.ts';

/** HTML forms send an empty string for a field that was cleared. */
const LEFT_OUT = { const: '', description: 'Same as leaving the field out.' };

/** HTML forms cannot send null. */
const REMOVED = { const: 'none', description: 'Same as null: removes the rule.' };
const YES_OR_NO = { enum: ['yes', 'no'], description: 'Same as true and false, for forms.' };
const RULE_DURATION = { anyOf: [{ type: 'string', format: 'duration' }, REMOVED, LEFT_OUT, { type: 'null' }] };

/** The formats of strings that zod's transforms hide. */
const FORMATS: Readonly<Record<string, object>> = {
  scopes: {
    anyOf: [
      {
        type: 'array',
        items: { type: 'string', pattern: SCOPE_PATTERN.source },
        minItems: 1,
        maxItems: MAX_SCOPES,
      },
      {
        type: 'array',
        items: { const: '*' },
        minItems: 1,
        description: 'No limit: the key may do everything that its owner may.',
      },
      LEFT_OUT,
      { type: 'null' },
    ],
  },
  expiresAt: {
    anyOf: [
      { type: 'string', format: 'date-time' },
      { type: 'number', description: 'Unix time: seconds below 1e12, else milliseconds.' },
      LEFT_OUT,
      { type: 'null' },
    ],
  },
  expiresIn: {
    anyOf: [
      { type: 'string', format: 'duration' },
      { const: 'never', description: 'The key does not expire.' },
      { const: 'date', description: 'The key expires at `expires_at`. For forms that send both fields.' },
      LEFT_OUT,
      { type: 'null' },
    ],
  },
  description: {
    anyOf: [{ type: 'string', maxLength: MAX_DESCRIPTION_LENGTH }, { type: 'null' }],
  },
  allowedNetworks: {
    anyOf: [
      { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: MAX_NETWORKS },
      {
        type: 'string',
        description:
          'The same list as text, separated by commas or spaces. An empty string is the same as leaving the field out.',
      },
      { type: 'null' },
    ],
  },
  overlap: {
    anyOf: [{ type: 'string', format: 'duration' }, LEFT_OUT, { type: 'null' }],
  },
  maxLifetime: RULE_DURATION,
  defaultLifetime: RULE_DURATION,
  revokeUnusedAfter: RULE_DURATION,
  requireScopes: { anyOf: [{ type: 'boolean' }, YES_OR_NO, REMOVED, LEFT_OUT, { type: 'null' }] },
  whoMayMint: { anyOf: [{ enum: ['MEMBERS', 'ADMINISTRATORS'] }, REMOVED, LEFT_OUT, { type: 'null' }] },
};

/** The zod schemas of request and response bodies, by their names in OpenAPI. */
export const SCHEMAS = {
  CreateKey: bodyOf(createApiKeyInput, 'CreateApiKeyInput'),
  UpdateKey: bodyOf(updateKeyBody, 'UpdateApiKeyInput'),
  RotateKey: bodyOf(rotateKeyBody, 'RotateApiKeyInput'),
  // A copy: other answers hold the whole of a key, and not a reference to it.
  Key: z.strictObject(key.shape),
  KeyList: keyList,
  CreatedKey: createdKey,
  RotatedKey: rotatedKey,
  OrganizationKeyList: organizationKeyList,
  RevokedKeys: revokedKeys,
  NoFields: z.strictObject({}),
  Policy: keyPolicy,
  UpdatePolicy: bodyOf(updateApiKeyPolicyInput, 'UpdateApiKeyPolicyInput'),
  Error: errorEnvelope,
};

/** An input with REST's field names. The descriptions come from the GraphQL input type. */
function bodyOf(input: z.ZodObject, graphqlType: string): z.ZodObject {
  const type = schema.getType(graphqlType);
  if (!isInputObjectType(type)) throw new TypeError(`${graphqlType} is not an input type`);
  const described = type.getFields();
  return z.strictObject(
    Object.fromEntries(
      Object.entries(input.shape as Record<string, z.ZodType>).map(([field, shape]) => [
        spell(field),
        formatted(field, shape).meta({ description: described[field]?.description ?? shape.description ?? '' }),
      ]),
    ),
  );
}

/** What a transform reads is written down in {@link FORMATS}; all of these fields may be left out. */
function formatted(field: string, shape: z.ZodType): z.ZodType {
  const format = FORMATS[field];
  return format === undefined ? shape : z.unknown().optional().meta({ override: format });
}
