import type { ApiKey } from '../keys/record/api-key.ts';
import { restoreApiKey } from '../resolvers/restore-api-key.ts';
import { revokeApiKey } from '../resolvers/revoke-api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

const RevokeApiKeyInput = builder.inputType('RevokeApiKeyInput', {
  description: 'Which key to revoke.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The id of the key.' }) }),
});

const RestoreApiKeyInput = builder.inputType('RestoreApiKeyInput', {
  description: 'Which revoked key to restore.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The id of the key.' }) }),
});

const RevokeApiKeyPayload = builder.objectRef<ApiKey>('RevokeApiKeyPayload').implement({
  description: 'The key after it was revoked.',
  fields: (t) => ({ apiKey: t.field({ type: ApiKeyType, description: 'The key.', resolve: (key) => key }) }),
});

const RestoreApiKeyPayload = builder.objectRef<ApiKey>('RestoreApiKeyPayload').implement({
  description: 'The key after it was restored.',
  fields: (t) => ({ apiKey: t.field({ type: ApiKeyType, description: 'The key.', resolve: (key) => key }) }),
});

builder.mutationFields((t) => ({
  revokeApiKey: t.withAuth({ session: true }).field({
    type: RevokeApiKeyPayload,
    description:
      'Revokes a key: its next request fails. If the key is already revoked, nothing changes. Owners and administrators ' +
      'may revoke every key of their active organization.',
    args: { input: t.arg({ type: RevokeApiKeyInput, required: true, description: 'Which key.' }) },
    resolve: (_root, { input }, context) => revokeApiKey(input, context),
  }),
  restoreApiKey: t.withAuth({ session: true }).field({
    type: RestoreApiKeyPayload,
    description:
      'Makes a key work again that was revoked, or whose owner had left the organization and is back. If the key is active, nothing changes.',
    args: { input: t.arg({ type: RestoreApiKeyInput, required: true, description: 'Which key.' }) },
    resolve: (_root, { input }, context) => restoreApiKey(input, context),
  }),
}));
