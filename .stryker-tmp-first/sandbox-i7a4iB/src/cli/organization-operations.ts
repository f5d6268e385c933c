// @ts-nocheck
import { z } from 'zod';
import {
  ApiKeyPolicyDocument,
  ListOrganizationApiKeysDocument,
  RevokeApiKeysOfDocument,
  UpdateApiKeyPolicyDocument,
} from '../operations/documents.ts';
import { apiKey, operation } from './key-operations.ts';

const policy = z.object({
  maxLifetime: z.string().nullable(),
  defaultLifetime: z.string().nullable(),
  revokeUnusedAfter: z.string().nullable(),
  requireScopes: z.boolean(),
  whoMayMint: z.enum(['MEMBERS', 'ADMINISTRATORS']),
});

/** The rules of an organization for its keys. */
export type Policy = z.infer<typeof policy>;

const ownedKey = apiKey.extend({ owner: z.object({ id: z.string(), name: z.string(), email: z.string() }) });

/** A key, and whose it is. */
export type OwnedKey = z.infer<typeof ownedKey>;

const organization = { id: z.string(), name: z.string() };

export const LIST_ALL = operation(
  ListOrganizationApiKeysDocument,
  z.object({
    organization: z
      .object({
        ...organization,
        apiKeys: z.object({
          nodes: z.array(ownedKey),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        }),
      })
      .nullable(),
  }),
);
export const REVOKE_ALL = operation(
  RevokeApiKeysOfDocument,
  z.object({ revokeApiKeysOf: z.object({ revoked: z.number() }) }),
);
export const POLICY = operation(
  ApiKeyPolicyDocument,
  z.object({ organization: z.object({ ...organization, apiKeyPolicy: policy }).nullable() }),
);
export const UPDATE_POLICY = operation(
  UpdateApiKeyPolicyDocument,
  z.object({ updateApiKeyPolicy: z.object({ apiKeyPolicy: policy }) }),
);
