// @ts-nocheck
// 
import type { MintedApiKey } from '../keys/mint/minter.ts';
import { createApiKey } from '../resolvers/create-api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'A request for a new key. The session determines its owner and organization; no field can change them.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description:
        'A name that says what the key is for: 1 to 255 characters after trimming, without control characters.',
    }),
    description: t.string({
      description: 'A longer description of what the key is for: at most 1000 characters, line breaks allowed.',
    }),
    allowedNetworks: t.stringList({
      description:
        'The IP addresses and networks (CIDR) that may use the key: at most 50, IPv4 or IPv6. ' +
        'Leave it out for a key that may be used from anywhere.',
    }),
    scopes: t.stringList({
      description:
        'What limits the key: "data:read", "data:write", "actions:execute", or names of permission sets that ' +
        'you hold. If you leave it out, the key may do everything that you may. A key can never do more than its owner.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the key expires. It must be in the future. Leave it out for a key that never expires.',
    }),
    expiresIn: t.field({
      type: 'Duration',
      description: 'The lifetime of the key, such as `P90D`; at most `P36500D`. Use either this or `expiresAt`.',
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
      description: 'The secret. Only the response that created the key contains it; null if the request is a repeat.',
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
