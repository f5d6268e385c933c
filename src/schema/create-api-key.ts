import type { MintedApiKey } from '../keys/mint/minter.ts';
import { createApiKey } from '../resolvers/create-api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'A request for a key. The owner and the organization are those of the session; no field can name them.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'What the key is for: 1 to 255 characters after trimming, no control characters.',
    }),
    scopes: t.stringList({
      description:
        'The most that the key may do: "data:read", "data:write", "actions:execute", or names of permission sets that ' +
        'the caller holds. Left out, the key may do whatever its owner may. It never may do more than its owner.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the key stops to authenticate, in the future. Without it the key does not expire.',
    }),
    expiresIn: t.field({
      type: 'Duration',
      description: 'How long the key lives, such as `P90D`, at most `P36500D`. Instead of `expiresAt`.',
    }),
  }),
});

const CreateApiKeyPayload = builder.objectRef<MintedApiKey>('CreateApiKeyPayload').implement({
  description: 'A new key. Keep `key` now: it is not stored and cannot be shown again.',
  fields: (t) => ({
    apiKey: t.field({
      type: ApiKeyType,
      description: 'What may be cached and shown again.',
      resolve: (payload) => payload.apiKey,
    }),
    key: t.string({
      nullable: true,
      description:
        'The secret. It is in the response that created the key and nowhere else: null when this is a repeat.',
      resolve: (payload) => payload.secret?.reveal() ?? null,
    }),
  }),
});

builder.mutationField('createApiKey', (t) =>
  t.withAuth({ session: true }).field({
    type: CreateApiKeyPayload,
    description: 'Creates an API key for the signed-in person and shows its secret once. An API key cannot do this.',
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'What to create.' }) },
    resolve: (_root, { input }, context) => createApiKey(input, context),
  }),
);
