import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { z } from 'zod';
import {
  ApiKeyUsageDocument,
  AvailableScopesDocument,
  CreateApiKeyDocument,
  FindApiKeyDocument,
  ListApiKeysDocument,
  RestoreApiKeyDocument,
  RevokeApiKeyDocument,
  RotateApiKeyDocument,
  UpdateApiKeyDocument,
  ViewerDocument,
} from '../operations/documents.ts';

/** A document of `operations/`, and the shape of its answer's `data`: the server may be another one, or an older one. */
export interface Operation<Data, Variables> {
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly data: z.ZodType<Data>;
}

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.string().nullable(),
  organizationId: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  status: z.enum(['ACTIVE', 'REVOKED', 'EXPIRED', 'OWNER_LEFT']),
});

/** A key's metadata as the server shows it. */
export type ApiKey = z.infer<typeof apiKey>;

/** Rows of a page of keys, and where the next page begins. */
const page = z.object({
  nodes: z.array(apiKey),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});

const minted = z.object({ apiKey, key: z.string().nullable() });

/** A created or rotated key; `key` is null when an earlier answer had it. */
export type Minted = z.infer<typeof minted>;

export const CREATE = operation(CreateApiKeyDocument, z.object({ createApiKey: minted }));
export const ROTATE = operation(RotateApiKeyDocument, z.object({ rotateApiKey: minted.extend({ previous: apiKey }) }));
export const REVOKE = operation(RevokeApiKeyDocument, z.object({ revokeApiKey: z.object({ apiKey }) }));
export const RESTORE = operation(RestoreApiKeyDocument, z.object({ restoreApiKey: z.object({ apiKey }) }));
export const UPDATE = operation(UpdateApiKeyDocument, z.object({ updateApiKey: z.object({ apiKey }) }));
export const LIST = operation(ListApiKeysDocument, z.object({ viewer: z.object({ id: z.string(), apiKeys: page }) }));
export const FIND = operation(FindApiKeyDocument, z.object({ apiKey: apiKey.nullable() }));

const use = z.object({
  object: z.string(),
  operation: z.enum(['READ', 'CREATE', 'EDIT', 'DELETE', 'EXECUTE', 'OTHER', 'INCOMPLETE']),
  count: z.number(),
  lastUsedOn: z.string(),
});
export const USAGE = operation(
  ApiKeyUsageDocument,
  z.object({
    apiKey: apiKey.extend({ usage: z.array(use), suggestedScopes: z.array(z.string()).nullable() }).nullable(),
  }),
);
export const AVAILABLE_SCOPES = operation(
  AvailableScopesDocument,
  z.object({
    viewer: z.object({
      availableScopes: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['CAPABILITY', 'PERMISSION_SET']),
          label: z.string(),
          description: z.string().nullable(),
        }),
      ),
    }),
  }),
);
export const VIEWER = operation(
  ViewerDocument,
  z.object({
    viewer: z.object({
      id: z.string(),
      email: z.string(),
      organizationId: z.string().nullable(),
      apiKey: apiKey.nullable(),
      scopes: z.array(z.string()),
      limits: z.object({
        maxActiveKeys: z.number().nullable(),
        maxKeyLifetime: z.string().nullable(),
        mintLimitPerUser: z.string().nullable(),
      }),
    }),
  }),
);

export function operation<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  data: z.ZodType<NoInfer<Data>>,
): Operation<Data, Variables> {
  return { document, data };
}
