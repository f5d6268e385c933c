// @ts-nocheck
import { formatDuration } from '../keys/input/duration.ts';
import type { ApiKeyPolicy } from '../keys/policy/policy.ts';
import { updateApiKeyPolicy } from '../resolvers/update-api-key-policy.ts';
import { builder } from './builder.ts';

const ApiKeyMinters = builder.enumType('ApiKeyMinters', {
  description: 'Who may create and restore keys.',
  values: {
    MEMBERS: { description: 'Every member of the organization.' },
    ADMINISTRATORS: { description: 'Owners and administrators of the organization.' },
  } as const,
});

const durationOf = (milliseconds: number | undefined): string | null =>
  milliseconds === undefined ? null : formatDuration(milliseconds);

export const ApiKeyPolicyType = builder.objectRef<ApiKeyPolicy>('ApiKeyPolicy').implement({
  description: 'The rules of an organization for its keys. A duration is null if the organization has no such rule.',
  fields: (t) => ({
    maxLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'The longest lifetime of a new key. A key created without an expiry gets this lifetime.',
      resolve: ({ maxLifetime }) => durationOf(maxLifetime),
    }),
    defaultLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'The lifetime of a key created without an expiry.',
      resolve: ({ defaultLifetime }) => durationOf(defaultLifetime),
    }),
    revokeUnusedAfter: t.field({
      type: 'Duration',
      nullable: true,
      description: 'A key that has not been used for this long is revoked.',
      resolve: ({ revokeUnusedAfter }) => durationOf(revokeUnusedAfter),
    }),
    requireScopes: t.exposeBoolean('requireScopes', { description: 'Whether every new key must have scopes.' }),
    whoMayMint: t.expose('whoMayMint', { type: ApiKeyMinters, description: 'Who may create and restore keys.' }),
  }),
});

const UpdateApiKeyPolicyInput = builder.inputType('UpdateApiKeyPolicyInput', {
  description: 'The rules to change. Leave a rule out to keep it; set it to null to remove it.',
  fields: (t) => ({
    maxLifetime: t.field({ type: 'Duration', description: 'The longest lifetime of a new key.' }),
    defaultLifetime: t.field({
      type: 'Duration',
      description: 'The lifetime of a key created without an expiry; at most `maxLifetime`.',
    }),
    revokeUnusedAfter: t.field({
      type: 'Duration',
      description: 'Revoke keys that have not been used for this long; at least `P1D`.',
    }),
    requireScopes: t.boolean({ description: 'Whether every new key must have scopes.' }),
    whoMayMint: t.field({ type: ApiKeyMinters, description: 'Who may create and restore keys.' }),
  }),
});

const UpdateApiKeyPolicyPayload = builder.objectRef<ApiKeyPolicy>('UpdateApiKeyPolicyPayload').implement({
  description: 'The rules after the change.',
  fields: (t) => ({
    apiKeyPolicy: t.field({ type: ApiKeyPolicyType, description: 'The rules.', resolve: (policy) => policy }),
  }),
});

builder.mutationField('updateApiKeyPolicy', (t) =>
  t.withAuth({ session: true }).field({
    type: UpdateApiKeyPolicyPayload,
    description:
      'Changes the rules of the active organization for its keys. Only its owners and administrators may do this. ' +
      'Existing keys that break a new rule keep working; `violatesPolicy` marks them.',
    args: { input: t.arg({ type: UpdateApiKeyPolicyInput, required: true, description: 'The rules to change.' }) },
    resolve: (_root, { input }, context) => updateApiKeyPolicy(input, context),
  }),
);
