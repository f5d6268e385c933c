// @ts-nocheck
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
  description: 'Which key to restore.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The id of the key.' }) }),
});

const RevokeApiKeyPayload = builder.objectRef<ApiKey>('RevokeApiKeyPayload').implement({
  description: 'The outcome of `revokeApiKey`.',
  fields: (t) => ({ apiKey: t.field({ type: ApiKeyType, description: 'The key.', resolve: (key) => key }) }),
});

const RestoreApiKeyPayload = builder.objectRef<ApiKey>('RestoreApiKeyPayload').implement({
  description: 'The outcome of `restoreApiKey`.',
  fields: (t) => ({ apiKey: t.field({ type: ApiKeyType, description: 'The key.', resolve: (key) => key }) }),
});

builder.mutationFields((t) => ({
  revokeApiKey: t.withAuth({ session: true }).field({
    type: RevokeApiKeyPayload,
    description:
      'Revokes a key. The next request with it fails. If the key is already revoked, nothing changes. Owners and administrators ' +
      'may revoke any key in their active organization.',
    args: { input: t.arg({ type: RevokeApiKeyInput, required: true, description: 'Which key to revoke.' }) },
    resolve: (_root, { input }, context) => revokeApiKey(input, context),
  }),
  restoreApiKey: t.withAuth({ session: true }).field({
    type: RestoreApiKeyPayload,
    description:
      'Reactivates a key that was revoked, or whose owner left the organization and rejoined. If the key is active, nothing changes.',
    args: { input: t.arg({ type: RestoreApiKeyInput, required: true, description: 'Which key to restore.' }) },
    resolve: (_root, { input }, context) => restoreApiKey(input, context),
  }),
}));
