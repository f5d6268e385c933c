import { z } from 'zod';
import type { MintedApiKey } from '../keys/mint/minter.ts';
import { type ApiKey, type ApiKeyStatus, statusOf } from '../keys/record/api-key.ts';
import type { ApiKeyDetail } from '../keys/record/api-key-detail.ts';

const instant = z.iso.datetime({ offset: true });

/** A key in REST: in snake case, as in the data API, and without fields that have no value. */
export const key = z.strictObject({
  id: z.string().describe('The id of the `sys_api_key` record, the same in GraphQL and in the data API.'),
  name: z.string().describe('The name of the key, chosen by its owner.'),
  description: z.string().describe('What the key is for, as its owner described it.').optional(),
  prefix: z.string().describe('The first characters of the secret, to tell keys apart.'),
  scopes: z
    .array(z.string())
    .describe('What limits the key. Absent if it may do everything that its owner may.')
    .optional(),
  expires_at: instant.describe('When the key expires. Absent if it never does.').optional(),
  allowed_networks: z
    .array(z.string())
    .describe('The IP addresses and networks that may use the key. Absent if it may be used from anywhere.')
    .optional(),
  replaces: z.string().describe('The id of the key that it replaced.').optional(),
  active_organization_id: z.string().describe('The organization that the key belongs to.').optional(),
  created_at: instant.describe('When the key was created.'),
  last_used_at: instant.describe('When the key was last used. Absent if that is not known.').optional(),
  last_used_via: z
    .enum(['DATA', 'MCP', 'GRAPHQL', 'OTHER'])
    .describe('The API through which it was last used.')
    .optional(),
  last_used_from: z
    .string()
    .describe('The network from which it was last used: the first 24 bits of an IPv4 address or 48 of an IPv6 address.')
    .optional(),
  status: z.enum(['ACTIVE', 'REVOKED', 'EXPIRED', 'OWNER_LEFT']).describe('Whether the key works now.'),
});

const secret = z
  .string()
  .nullable()
  .describe('The secret. Only the response that created the key contains it; null if the request is a repeat.');

const newKey = z.strictObject({ ...key.shape, key: secret });

/** The response to `POST /keys`: the new key, and the same object again in `data`. */
export const createdKey = z.strictObject({
  ...newKey.shape,
  data: newKey.describe('The same object again, in the place where the Console expects it.'),
});

/** The response to `POST /keys/{id}/rotate`. */
export const rotatedKey = z.strictObject({
  ...newKey.shape,
  previous: key.describe('The old key: revoked, or expiring at the end of the overlap.'),
});

/** A key in the list of an organization. */
const organizationKey = z.strictObject({
  ...key.shape,
  owner: z
    .strictObject({
      id: z.string().describe('The id of the `sys_user` record.'),
      name: z.string().describe('The name of the owner; empty if the account no longer exists.'),
      email: z.string().describe('The e-mail address of the owner; empty if the account no longer exists.'),
    })
    .describe('The person who owns the key.'),
  violates_policy: z
    .boolean()
    .describe('Whether an active key breaks a rule that its organization made after the key was created.'),
});

const pageOf = <T extends z.ZodType>(one: T) =>
  z.strictObject({
    data: z.array(one).describe('The keys on this page, newest first.'),
    has_more: z.boolean().describe('Whether more keys follow.'),
    next_cursor: z.string().describe('Send it as `after` to get the next page. Absent on the last one.').optional(),
  });

/** The response to `GET /keys`. */
export const keyList = pageOf(key);

/** The response to `GET /keys/organization`. */
export const organizationKeyList = pageOf(organizationKey);

/** The response to `POST /keys/organization/owners/{user_id}/revoke` and `POST /keys/{id}/owner/revoke`. */
export const revokedKeys = z.strictObject({
  revoked: z.int().describe('How many keys were revoked. Keys that were already revoked do not count.'),
});

/** The details of a key that REST shows. */
export type KeyDetail = Omit<ApiKeyDetail, 'restoredAt'>;

export const NO_DETAIL: KeyDetail = {
  description: undefined,
  allowedNetworks: [],
  replaces: undefined,
  lastUsedVia: undefined,
  lastUsedFrom: undefined,
};

/** Converts a key to REST. The status comes from its record unless one is given. */
export function spellKey(
  apiKey: ApiKey,
  detail: KeyDetail,
  status: ApiKeyStatus = statusOf(apiKey),
): z.infer<typeof key> {
  const { id, name, prefix, scopes, expiresAt, organizationId, createdAt, lastUsedAt } = apiKey;
  const { description, replaces, lastUsedVia, lastUsedFrom } = detail;
  const networks = detail.allowedNetworks === 'unreadable' ? ['(unreadable)'] : [...detail.allowedNetworks];
  return {
    id,
    name,
    ...(description === undefined ? {} : { description }),
    prefix,
    ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt.toISOString() }),
    ...(networks.length === 0 ? {} : { allowed_networks: networks }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(organizationId === undefined ? {} : { active_organization_id: organizationId }),
    created_at: createdAt.toISOString(),
    ...(lastUsedAt === undefined ? {} : { last_used_at: lastUsedAt.toISOString() }),
    ...(lastUsedVia === undefined ? {} : { last_used_via: lastUsedVia }),
    ...(lastUsedFrom === undefined ? {} : { last_used_from: lastUsedFrom }),
    status,
  };
}

/** Converts a new key to REST with its secret. This is the only place in this endpoint that reveals it. */
export function spellNewKey(
  { apiKey, secret: made }: MintedApiKey,
  detail: KeyDetail,
  status: ApiKeyStatus,
): z.infer<typeof newKey> {
  return { ...spellKey(apiKey, detail, status), key: made?.reveal() ?? null };
}
