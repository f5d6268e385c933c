import { z } from 'zod';
import type { MintedApiKey } from '../keys/mint/minter.ts';
import { type ApiKey, statusOf } from '../keys/record/api-key.ts';

const instant = z.iso.datetime({ offset: true });

/** A key as REST spells it: in snake case, as the data API does, and without what is not set. */
export const key = z.strictObject({
  id: z.string().describe('The id of the `sys_api_key` record, the same in GraphQL and in the data API.'),
  name: z.string().describe('The name that its owner gave it.'),
  prefix: z.string().describe('The first characters of the secret, for telling keys apart.'),
  scopes: z
    .array(z.string())
    .describe('The most that the key may do. Absent when it may do whatever its owner may.')
    .optional(),
  expires_at: instant.describe('When the key stops to authenticate. Absent when it does not expire.').optional(),
  active_organization_id: z.string().describe('The organization that the key authenticates into.').optional(),
  created_at: instant.describe('When the key was created.'),
  status: z.enum(['ACTIVE', 'REVOKED', 'EXPIRED']).describe('Whether the key authenticates now.'),
});

const secret = z
  .string()
  .nullable()
  .describe('The secret. It is in the response that created the key and nowhere else; null in a repeat.');

const newKey = z.strictObject({ ...key.shape, key: secret });

/** The answer to `POST /keys`: the new key, and once more as `data`. */
export const createdKey = z.strictObject({
  ...newKey.shape,
  data: newKey.describe('The same object once more, where the Console looks for it.'),
});

/** The answer to `POST /keys/{id}/rotate`. */
export const rotatedKey = z.strictObject({
  ...newKey.shape,
  previous: key.describe('The key that was replaced, with the end of its overlap.'),
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
