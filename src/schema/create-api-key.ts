import type { MintedApiKey } from '../keys/mint/minter.ts';
import { createApiKey } from '../resolvers/create-api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description:
    'A request for a new key. Its owner and organization are those of the session; no field can change that.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description:
        'A name that says what the key is for: 1 to 255 characters after trimming, without control characters.',
    }),
    description: t.string({
      description: 'What the key is for, in more words: at most 1000 characters, line breaks allowed.',
    }),
    allowedNetworks: t.stringList({
      description:
        'From where the key may be used: at most 50 addresses and networks (CIDR), IPv4 or IPv6. ' +
        'Left out, it may be used from anywhere.',
    }),
    scopes: t.stringList({
      description:
        'What the key is limited to: "data:read", "data:write", "actions:execute", or names of permission sets that ' +
        'you hold. If you leave it out, the key may do everything that you may. No key may do more than its owner.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the key expires. It must be in the future. Leave it out for a key that never expires.',
    }),
    expiresIn: t.field({
      type: 'Duration',
      description: 'How long the key lives, such as `P90D`; at most `P36500D`. Use this or `expiresAt`, not both.',
    }),
  }),
});

const CreateApiKeyPayload = builder.objectRef<MintedApiKey>('CreateApiKeyPayload').implement({
  description: 'A new key. Save `key` now: it is not stored and cannot be shown again.',
  fields: (t) => ({
    apiKey: t.field({
      type: ApiKeyType,
      description: 'The key without its secret, safe to cache and show again.',
      resolve: (payload) => payload.apiKey,
    }),
    key: t.string({
      nullable: true,
      description: 'The secret. Only the response that created the key contains it; null in a repeated request.',
      resolve: (payload) => payload.secret?.reveal() ?? null,
    }),
  }),
});

builder.mutationField('createApiKey', (t) =>
  t.withAuth({ session: true }).field({
    type: CreateApiKeyPayload,
    description:
      'Creates an API key for the signed-in person and returns its secret once. Requires a session; an API key cannot create keys.',
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'What to create.' }) },
    resolve: (_root, { input }, context) => createApiKey(input, context),
  }),
);
