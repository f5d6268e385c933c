import { type GraphQLSchema, isInputObjectType } from 'graphql';
import { z } from 'zod';
import { createApiKeyInput } from '../keys/input/input.ts';
import { spell } from './body.ts';
import { errorEnvelope } from './envelope.ts';
import { createdKey, rotatedKey } from './representation.ts';
import { rotateKeyBody } from './rotate-key.ts';

/** A JSON Schema (draft 2020-12, which is that of OpenAPI 3.1), or a part of an OpenAPI document. */
export type JsonObject = Record<string, unknown>;

/**
 * The schemas of what this endpoint takes and answers, generated from the zod schemas that check the one
 * and type the other. What a field of an input means is said once, in the GraphQL input type.
 */
export function openApiSchemas(graphql: GraphQLSchema): Record<string, JsonObject> {
  return {
    CreateKey: input(createApiKeyInput, describedIn(graphql, 'CreateApiKeyInput')),
    RotateKey: input(rotateKeyBody, describedIn(graphql, 'RotateApiKeyInput')),
    CreatedKey: output(createdKey),
    RotatedKey: output(rotatedKey),
    Error: output(errorEnvelope),
  };
}

/** What zod's transforms hide: the strings that are read as something else. */
const FORMATS: Readonly<Record<string, JsonObject>> = {
  expiresAt: {
    anyOf: [
      { type: 'string', format: 'date-time' },
      { type: 'number', description: 'Unix time: seconds below 1e12, else milliseconds.' },
      { type: 'null' },
    ],
  },
  overlap: { type: ['string', 'null'], format: 'duration' },
};

function input(schema: z.ZodObject, descriptions: ReadonlyMap<string, string | undefined>): JsonObject {
  const { $schema: _, properties, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return {
    ...rest,
    properties: Object.fromEntries(
      Object.entries(properties ?? {}).map(([field, property]) => [
        spell(field),
        { ...(FORMATS[field] ?? (property as JsonObject)), description: descriptions.get(field) },
      ]),
    ),
  };
}

function output(schema: z.ZodType): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}

function describedIn(graphql: GraphQLSchema, name: string): ReadonlyMap<string, string | undefined> {
  const type = graphql.getType(name);
  if (!isInputObjectType(type)) throw new TypeError(`${name} is no input type`);
  return new Map(Object.values(type.getFields()).map((field) => [field.name, field.description ?? undefined]));
}
