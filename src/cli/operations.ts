import { z } from 'zod';

const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  status: z.string(),
});

/** A key's metadata as the server shows it. */
export type ApiKey = z.infer<typeof apiKey>;

const FIELDS = 'id name prefix scopes expiresAt createdAt lastUsedAt status';
const minted = z.object({ apiKey, key: z.string().nullable() });

/** A created or rotated key; `key` is null when an earlier answer had it. */
export type Minted = z.infer<typeof minted>;

export const CREATE = {
  query: `mutation CreateApiKey($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { ${FIELDS} } key } }`,
  data: z.object({ createApiKey: minted }),
};

export const ROTATE = {
  query: `mutation RotateApiKey($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { apiKey { ${FIELDS} } key } }`,
  data: z.object({ rotateApiKey: minted }),
};

export const REVOKE = {
  query: `mutation RevokeApiKey($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { ${FIELDS} } } }`,
  data: z.object({ revokeApiKey: z.object({ apiKey }) }),
};

export const RESTORE = {
  query: `mutation RestoreApiKey($input: RestoreApiKeyInput!) { restoreApiKey(input: $input) { apiKey { ${FIELDS} } } }`,
  data: z.object({ restoreApiKey: z.object({ apiKey }) }),
};

export const LIST = {
  query: `query ListApiKeys($first: Int!, $after: String, $status: ApiKeyStatus) {
    viewer { apiKeys(first: $first, after: $after, status: $status) {
      nodes { ${FIELDS} } pageInfo { hasNextPage endCursor }
    } }
  }`,
  data: z.object({
    viewer: z.object({
      apiKeys: z.object({
        nodes: z.array(apiKey),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    }),
  }),
};

export type ApiKeyPage = z.infer<typeof LIST.data>;
