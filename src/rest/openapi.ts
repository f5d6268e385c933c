import type { GraphQLSchema } from 'graphql';
import { ERRORS, type ErrorCode } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import { type JsonObject, openApiSchemas } from './openapi-schemas.ts';

/** What can go wrong with any request that makes a key. */
const COMMON: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_REUSED',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
  'SERVICE_UNAVAILABLE',
];

/** The headers that go with a refusal. */
const REFUSAL_HEADERS: Partial<Record<ErrorCode, readonly string[]>> = {
  UNAUTHENTICATED: ['WWW-Authenticate'],
  RATE_LIMITED: ['Retry-After'],
  SERVICE_UNAVAILABLE: ['Retry-After'],
};

/**
 * The description of the REST endpoint (OpenAPI 3.1).
 *
 * @param basePath where the endpoints are, `/api/v1`.
 * @param graphql the schema whose mutations this endpoint runs.
 */
export function openApiDocument(basePath: string, graphql: GraphQLSchema): JsonObject {
  return {
    openapi: '3.1.1',
    info: {
      title: 'ObjectStack API keys',
      version: VERSION,
      description:
        'Creates and rotates API keys for the signed-in person. Keys are listed, revoked and restored through GraphQL and the data API.',
    },
    servers: [{ url: basePath }],
    security: [{ session: [] }, { sessionCookie: [] }],
    paths: {
      '/keys': { post: createKey() },
      '/keys/{id}/rotate': { post: rotateKey() },
      '/keys/openapi.json': { get: describe() },
    },
    components: {
      schemas: openApiSchemas(graphql),
      headers: HEADERS,
      parameters: { IdempotencyKey },
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The session token that sign-in answers with.' },
        sessionCookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'better-auth.session_token',
          description:
            'The session cookie of a browser, from a trusted origin. Over HTTPS its name begins with `__Secure-`.',
        },
      },
    },
  };
}

function createKey(): JsonObject {
  return {
    operationId: 'createKey',
    summary: 'Create a key',
    description: 'Creates an API key for the signed-in person and shows its secret once. An API key cannot do this.',
    parameters: [ref('parameters', 'IdempotencyKey')],
    requestBody: { required: true, content: json('CreateKey') },
    responses: { ...newKey('CreatedKey'), ...refusals(COMMON) },
  };
}

function rotateKey(): JsonObject {
  return {
    operationId: 'rotateKey',
    summary: 'Replace a key',
    description: 'Creates a key like another one, which lives on for the overlap, and shows the new secret once.',
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string' },
        description: 'The id of the key to replace.',
      },
      ref('parameters', 'IdempotencyKey'),
    ],
    requestBody: { required: true, content: json('RotateKey') },
    responses: { ...newKey('RotatedKey'), ...refusals([...COMMON, 'NOT_FOUND', 'KEY_NOT_ACTIVE']) },
  };
}

function describe(): JsonObject {
  return {
    operationId: 'describe',
    summary: 'This description',
    description: 'Says what the REST endpoint takes and answers, to anybody.',
    security: [],
    responses: {
      200: { description: 'An OpenAPI document.', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  };
}

function newKey(schema: string): JsonObject {
  return {
    200: {
      description: 'A repeat of an earlier request with the same Idempotency-Key. The secret was shown then.',
      headers: { 'Idempotency-Replayed': ref('headers', 'Idempotency-Replayed') },
      content: json(schema),
    },
    201: {
      description: 'The key was created. Keep `key` now: it is not stored and cannot be shown again.',
      headers: { Location: ref('headers', 'Location') },
      content: json(schema),
    },
  };
}

/** One response a status, naming the codes that come with it. */
function refusals(codes: readonly ErrorCode[]): JsonObject {
  const responses: Record<number, JsonObject> = {};
  for (const code of codes) {
    const headers = Object.fromEntries((REFUSAL_HEADERS[code] ?? []).map((name) => [name, ref('headers', name)]));
    responses[ERRORS[code].status] = {
      description: `\`${code}\`: ${ERRORS[code].message}`,
      headers,
      content: json('Error'),
    };
  }
  return responses;
}

const HEADERS: Record<string, JsonObject> = {
  Location: header('The address of the record in the data API.', { type: 'string', format: 'uri-reference' }),
  'Idempotency-Replayed': header('Present in a repeat.', { type: 'string', const: 'true' }),
  'Retry-After': header('Seconds after which to try again.', { type: 'string', pattern: '^\\d+$' }),
  'WWW-Authenticate': header('The scheme that would do.', { type: 'string' }),
};

const IdempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  description: 'A value of your own for this request: however often it is sent, it makes one key.',
};

function header(description: string, schema: JsonObject): JsonObject {
  return { description, required: true, schema };
}

const json = (schema: string): JsonObject => ({ 'application/json': { schema: ref('schemas', schema) } });
const ref = (kind: string, name: string): JsonObject => ({ $ref: `#/components/${kind}/${name}` });
