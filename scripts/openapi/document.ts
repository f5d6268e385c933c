import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { ERRORS, type ErrorCode } from '../../src/base/errors.ts';
import { VERSION } from '../../src/base/version.ts';
import { HEADERS, ID, IDEMPOTENCY_KEY, LIST, ORGANIZATION_LIST, USER_ID } from './parameters.ts';
import { SCHEMAS } from './schemas.ts';

/** What can go wrong with any request. */
const ALWAYS: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
  'SERVICE_UNAVAILABLE',
];

/** What can go wrong with any request that makes a key. */
const COMMON: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'LIMIT_REACHED',
  'POLICY_VIOLATION',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_REUSED',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
  'SERVICE_UNAVAILABLE',
];

/** Response headers of an error. */
const REFUSAL_HEADERS: Partial<Record<ErrorCode, readonly (keyof typeof HEADERS)[]>> = {
  UNAUTHENTICATED: ['WWW-Authenticate'],
  RATE_LIMITED: ['Retry-After'],
  SERVICE_UNAVAILABLE: ['Retry-After'],
};

const createKey: ZodOpenApiOperationObject = {
  operationId: 'createKey',
  summary: 'Create a key',
  description:
    'Creates an API key for the signed-in person and returns its secret once. Requires a session; an API key cannot create keys.',
  parameters: [ref('parameters', 'IdempotencyKey')],
  requestBody: { required: true, content: json('CreateKey') },
  responses: { ...newKey('CreatedKey'), ...refusals(COMMON) },
};

const rotateKey: ZodOpenApiOperationObject = {
  operationId: 'rotateKey',
  summary: 'Replace a key',
  description:
    'Replaces a key with a new one and returns the new secret once. The old key keeps working for the overlap.',
  parameters: [ID, ref('parameters', 'IdempotencyKey')],
  requestBody: { required: true, content: json('RotateKey') },
  responses: { ...newKey('RotatedKey'), ...refusals([...COMMON, 'NOT_FOUND', 'KEY_NOT_ACTIVE']) },
};

const listKeys: ZodOpenApiOperationObject = {
  operationId: 'listKeys',
  summary: 'List your keys',
  description:
    'Your own keys, newest first, a page at a time. An API key may list the keys of its owner if its scopes let it read them.',
  parameters: LIST,
  responses: { 200: { description: 'A page of keys.', content: json('KeyList') }, ...refusals(ALWAYS) },
};

const updateKey: ZodOpenApiOperationObject = {
  operationId: 'updateKey',
  summary: 'Update a key',
  description:
    'Renames or describes a key, takes scopes, networks or time away from it, or revokes it. A key never gets more than it has. Requires a session.',
  parameters: [ID],
  requestBody: { required: true, content: json('UpdateKey') },
  responses: {
    200: { description: 'The key after it was changed.', content: json('Key') },
    ...refusals([...ALWAYS, 'NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']),
  },
};

const listOrganizationKeys: ZodOpenApiOperationObject = {
  operationId: 'listOrganizationKeys',
  summary: 'List the keys of your organization',
  description:
    'The keys of all members of the active organization, newest first, a page at a time. Requires a session of an owner or administrator.',
  parameters: ORGANIZATION_LIST,
  responses: { 200: { description: 'A page of keys.', content: json('OrganizationKeyList') }, ...refusals(ALWAYS) },
};

const revokeKeysOf: ZodOpenApiOperationObject = {
  operationId: 'revokeKeysOf',
  summary: 'Revoke all keys of a person',
  description:
    'Revokes all keys of a person in the active organization, in one transaction. Requires a session of an owner or administrator.',
  parameters: [USER_ID],
  requestBody: { required: true, content: json('NoFields') },
  responses: {
    200: { description: 'The keys are revoked.', content: json('RevokedKeys') },
    ...refusals([...ALWAYS, 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']),
  },
};

const revokeKeysOfOwner: ZodOpenApiOperationObject = {
  operationId: 'revokeKeysOfOwner',
  summary: 'Revoke all keys of the owner of a key',
  description:
    'Revokes all keys that the owner of this key has in the active organization, in one transaction. Requires a session of an owner or administrator.',
  parameters: [ID],
  requestBody: { required: true, content: json('NoFields') },
  responses: {
    200: { description: 'The keys are revoked.', content: json('RevokedKeys') },
    ...refusals([...ALWAYS, 'NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']),
  },
};

const readPolicy: ZodOpenApiOperationObject = {
  operationId: 'readPolicy',
  summary: 'Read the rules of your organization',
  description: 'The rules of the active organization for its keys. Requires a session of a member.',
  responses: { 200: { description: 'The rules.', content: json('Policy') }, ...refusals(ALWAYS) },
};

const updatePolicy: ZodOpenApiOperationObject = {
  operationId: 'updatePolicy',
  summary: 'Change the rules of your organization',
  description:
    'Changes rules of the active organization for its keys. Existing keys that break a new rule keep working. Requires a session of an owner or administrator.',
  requestBody: { required: true, content: json('UpdatePolicy') },
  responses: {
    200: { description: 'The rules after the change.', content: json('Policy') },
    ...refusals([...ALWAYS, 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']),
  },
};

const describe: ZodOpenApiOperationObject = {
  operationId: 'describe',
  summary: 'This description',
  description: 'The OpenAPI description of the REST endpoint. Requires no credentials.',
  security: [],
  responses: {
    200: { description: 'The OpenAPI document.', content: { 'application/json': { schema: { type: 'object' } } } },
  },
};

/** The description of the REST endpoint (OpenAPI 3.1), as `openapi.json` has it. */
export function openApiText(): string {
  const document = createDocument({
    openapi: '3.1.1',
    info: {
      title: 'ObjectStack API keys',
      version: VERSION,
      description:
        'Creates, lists, narrows, rotates and revokes the API keys of the signed-in person. Owners and administrators of an organization ' +
        'list and revoke the keys of its members, and set its rules. Keys are restored through GraphQL and the data API.',
    },
    // The default base path; a running server replaces it with its own.
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }, { sessionCookie: [] }],
    paths: {
      '/keys': { get: listKeys, post: createKey },
      '/keys/{id}': { patch: updateKey },
      '/keys/{id}/rotate': { post: rotateKey },
      '/keys/organization': { get: listOrganizationKeys },
      '/keys/organization/policy': { get: readPolicy, patch: updatePolicy },
      '/keys/organization/owners/{user_id}/revoke': { post: revokeKeysOf },
      '/keys/{id}/owner/revoke': { post: revokeKeysOfOwner },
      '/keys/openapi.json': { get: describe },
    },
    components: {
      schemas: SCHEMAS,
      headers: HEADERS,
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The session token from sign-in.' },
        sessionCookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'better-auth.session_token',
          description:
            'The session cookie of a browser, from a trusted origin. Over HTTPS its name begins with `__Secure-`.',
        },
      },
    },
  });
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function newKey(schema: keyof typeof SCHEMAS): ZodOpenApiResponsesObject {
  return {
    200: {
      description:
        'A repeat of an earlier request with the same Idempotency-Key. Only the first response contained the secret.',
      headers: { 'Idempotency-Replayed': ref('headers', 'Idempotency-Replayed') },
      content: json(schema),
    },
    201: {
      description: 'The key was created. Save `key` now: it is not stored and cannot be shown again.',
      headers: { Location: ref('headers', 'Location') },
      content: json(schema),
    },
  };
}

/** One response for each status, with the error codes that use it. */
function refusals(codes: readonly ErrorCode[]): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const code of codes) {
    const { status, message } = ERRORS[code];
    responses[`${status}`] = {
      description: `\`${code}\`: ${message}`,
      headers: Object.fromEntries((REFUSAL_HEADERS[code] ?? []).map((name) => [name, ref('headers', name)])),
      content: json('Error'),
    };
  }
  return responses;
}

function json(schema: keyof typeof SCHEMAS) {
  return { 'application/json': { schema: SCHEMAS[schema] } };
}

function ref(kind: 'headers' | 'parameters', name: string): { $ref: string } {
  return { $ref: `#/components/${kind}/${name}` };
}
