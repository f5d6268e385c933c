// @ts-nocheck
// 
import type { ApiKey } from '../keys/record/api-key.ts';
import { updateApiKey } from '../resolvers/update-api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

const UpdateApiKeyInput = builder.inputType('UpdateApiKeyInput', {
  description:
    'What to change of a key. A field that you leave out stays as it is. What a key may do only gets less: a change that would widen it is refused.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The id of the key.' }),
    name: t.string({ description: 'A new name, with the same rules as that of a new key.' }),
    description: t.string({ description: 'A new description, at most 1000 characters; empty or null for none.' }),
    scopes: t.stringList({
      description:
        'The scopes that the key keeps, of those that it has; "data:read" may take the place of "data:write". A key without ' +
        'scopes takes any that a new key may have.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'An earlier expiry, in the future. A key that never expires takes any.',
    }),
    allowedNetworks: t.stringList({
      description:
        'The addresses and networks from which the key may still be used, each within one from which it may be used now. ' +
        'A key that may be used from anywhere takes any.',
    }),
  }),
});

const UpdateApiKeyPayload = builder.objectRef<ApiKey>('UpdateApiKeyPayload').implement({
  description: 'The key after it was changed.',
  fields: (t) => ({ apiKey: t.field({ type: ApiKeyType, description: 'The key.', resolve: (key) => key }) }),
});

builder.mutationField('updateApiKey', (t) =>
  t.withAuth({ session: true }).field({
    type: UpdateApiKeyPayload,
    description:
      'Renames or describes one of your keys, or takes scopes, networks or time away from it. Its next request is held to ' +
      'what it may still do. If nothing is different, nothing changes.',
    args: { input: t.arg({ type: UpdateApiKeyInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, context) => updateApiKey(input, context),
  }),
);
