import { isInputObjectType } from 'graphql';
import { z } from 'zod';
import { createApiKeyInput } from '../../src/keys/input/input.ts';
import { spell } from '../../src/rest/body.ts';
import { errorEnvelope } from '../../src/rest/envelope.ts';
import { createdKey, rotatedKey } from '../../src/rest/representation.ts';
import { rotateKeyBody } from '../../src/rest/rotate-key.ts';
import { schema } from '../../src/schema/index.ts';

/** What zod's transforms hide: the strings that are read as something else. */
const FORMATS: Readonly<Record<string, object>> = {
  expiresAt: {
    anyOf: [
      { type: 'string', format: 'date-time' },
      { type: 'number', description: 'Unix time: seconds below 1e12, else milliseconds.' },
      { type: 'null' },
    ],
  },
  overlap: { anyOf: [{ type: 'string', format: 'duration' }, { type: 'null' }] },
};

/** The zod schemas that check what the REST endpoint takes and type what it answers, by their names in OpenAPI. */
export const SCHEMAS = {
  CreateKey: bodyOf(createApiKeyInput, 'CreateApiKeyInput'),
  RotateKey: bodyOf(rotateKeyBody, 'RotateApiKeyInput'),
  CreatedKey: createdKey,
  RotatedKey: rotatedKey,
  Error: errorEnvelope,
};

/** An input as REST spells it. What a field means is said once, in the GraphQL input type. */
function bodyOf(input: z.ZodObject, graphqlType: string): z.ZodObject {
  const type = schema.getType(graphqlType);
  if (!isInputObjectType(type)) throw new TypeError(`${graphqlType} is no input type`);
  const described = type.getFields();
  return z.strictObject(
    Object.fromEntries(
      Object.entries(input.shape as Record<string, z.ZodType>).map(([field, shape]) => [
        spell(field),
        shape.meta({ description: described[field]?.description ?? '', override: FORMATS[field] ?? {} }),
      ]),
    ),
  );
}
