// @ts-nocheck
// 
import type { RotatedApiKey } from '../keys/service.ts';
import { rotateApiKey } from '../resolvers/rotate-api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

const RotateApiKeyInput = builder.inputType('RotateApiKeyInput', {
  description: 'Which key to replace.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The id of the key to replace. It must be active.' }),
    overlap: t.field({
      type: 'Duration',
      description: 'How long the old key keeps working, from `PT0S` (the default) to `P7D`.',
    }),
  }),
});

const RotateApiKeyPayload = builder.objectRef<RotatedApiKey>('RotateApiKeyPayload').implement({
  description: 'A replacement key. Save `key` now: it is not stored and cannot be shown again.',
  fields: (t) => ({
    apiKey: t.field({
      type: ApiKeyType,
      description: 'The new key, with the name, scopes and lifetime of the old one.',
      resolve: ({ apiKey }) => apiKey,
    }),
    key: t.string({
      nullable: true,
      description: 'The secret. Only the response that created the key contains it; null if the request is a repeat.',
      resolve: ({ secret }) => secret?.reveal() ?? null,
    }),
    previous: t.field({
      type: ApiKeyType,
      description: 'The old key: revoked, or expiring at the end of the overlap.',
      resolve: ({ previous }) => previous,
    }),
  }),
});

builder.mutationField('rotateApiKey', (t) =>
  t.withAuth({ session: true }).field({
    type: RotateApiKeyPayload,
    description:
      'Replaces one of your keys and returns the new secret once. Requires a session; an API key cannot rotate keys.',
    args: { input: t.arg({ type: RotateApiKeyInput, required: true, description: 'What to replace.' }) },
    resolve: (_root, { input }, context) => rotateApiKey(input, context),
  }),
);
