import { z } from 'zod';
import type { MintedApiKey } from '../keys/mint/minter.ts';
import { type ApiKey, statusOf } from '../keys/record/api-key.ts';

const instant = z.iso.datetime({ offset: true });

/** A key as REST spells it: in snake case, as the data API does, and without what is not set. */
export const key = z.strictObject({
  id: z.string().describe('The id of the `sys_api_key` record, the same in GraphQL and in the data API.'),
  name: z.string().describe('The name that the owner gave the key.'),
  prefix: z.string().describe('The first characters of the secret, to tell keys apart.'),
  scopes: z
    .array(z.string())
    .describe('What the key is limited to. Absent if it may do everything that its owner may.')
    .optional(),
  expires_at: instant.describe('When the key expires. Absent if it never does.').optional(),
  active_organization_id: z.string().describe('The organization that the key works in.').optional(),
  created_at: instant.describe('When the key was created.'),
  status: z.enum(['ACTIVE', 'REVOKED', 'EXPIRED']).describe('Whether the key works now.'),
});

const secret = z
  .string()
  .nullable()
  .describe('The secret. Only the response that created the key contains it; null in a repeated request.');

const newKey = z.strictObject({ ...key.shape, key: secret });

/** The answer to `POST /keys`: the new key, and once more as `data`. */
export const createdKey = z.strictObject({
  ...newKey.shape,
  data: newKey.describe('The same object again, where the Console expects it.'),
});

/** The answer to `POST /keys/{id}/rotate`. */
export const rotatedKey = z.strictObject({
  ...newKey.shape,
  previous: key.describe('The old key: revoked, or expiring at the end of the overlap.'),
});

/** Spells a key. */
export function spellKey(apiKey: ApiKey): z.infer<typeof key> {
  const { id, name, prefix, scopes, expiresAt, organizationId, createdAt } = apiKey;
  return {
    id,
    name,
    prefix,
    ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt.toISOString() }),
    ...(organizationId === undefined ? {} : { active_organization_id: organizationId }),
    created_at: createdAt.toISOString(),
    status: statusOf(apiKey),
  };
}

/** Spells a new key with its secret, which is revealed here and nowhere else in this endpoint. */
export function spellNewKey({ apiKey, secret: made }: MintedApiKey): z.infer<typeof newKey> {
  return { ...spellKey(apiKey), key: made?.reveal() ?? null };
}
