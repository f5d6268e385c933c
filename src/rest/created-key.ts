import { jsonResponse } from './envelope.ts';

/** What the shim's mutation answers. */
export interface CreateApiKeyData {
  readonly createApiKey: {
    readonly apiKey: {
      readonly id: string;
      readonly name: string;
      readonly prefix: string;
      readonly scopes: readonly string[];
      readonly expiresAt: string | null;
      readonly organizationId: string | null;
      readonly createdAt: string;
    };
    readonly key: string | null;
  };
}

/** A key that was created, as REST spells it: what is not set is not there. */
interface CreatedKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly key: string | null;
  readonly scopes?: readonly string[];
  readonly expires_at?: string;
  readonly active_organization_id?: string;
  readonly created_at: string;
}

/**
 * The answer to `POST /api/v1/keys`: the bare object, and the same object once more as `data`, which
 * is where the Console's "Integrations & APIs" page looks for the key and nowhere else. Without it
 * the page says that the request failed while a key was created that nobody has seen.
 */
export function createdKeyResponse(replayed: boolean, { createApiKey: { apiKey, key } }: CreateApiKeyData): Response {
  const created: CreatedKey = {
    id: apiKey.id,
    name: apiKey.name,
    prefix: apiKey.prefix,
    key,
    ...(apiKey.scopes.length === 0 ? {} : { scopes: apiKey.scopes }),
    ...(apiKey.expiresAt === null ? {} : { expires_at: apiKey.expiresAt }),
    ...(apiKey.organizationId === null ? {} : { active_organization_id: apiKey.organizationId }),
    created_at: apiKey.createdAt,
  };
  // A repeat creates nothing: it is answered with what is there, and the secret was shown before.
  return jsonResponse(replayed ? 200 : 201, { ...created, data: created });
}
