// @ts-nocheck
import type { Organization } from '../keys/organization/organization-keys.ts';
import { apiKeyPolicy } from '../resolvers/api-key-policy.ts';
import { listOrganizationKeys } from '../resolvers/list-api-keys.ts';
import { organization } from '../resolvers/organization.ts';
import { revokeApiKeysOf } from '../resolvers/revoke-api-keys-of.ts';
import { ApiKeyConnection } from './api-key-connection.ts';
import { ApiKeyPolicyType } from './api-key-policy.ts';
import { builder } from './builder.ts';
import { listArguments } from './list-arguments.ts';

const OrganizationType = builder.objectRef<Organization>('Organization').implement({
  description: 'The active organization of the session.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the `sys_organization` record.' }),
    name: t.exposeString('name', { description: 'The name of the organization.' }),
    apiKeys: t.withAuth({ session: true }).field({
      type: ApiKeyConnection,
      description:
        'The keys of all members of the organization, newest first. Only its owners and administrators may read them.',
      args: {
        ...listArguments,
        ownerId: t.arg.id({ description: 'Only keys that this person owns.' }),
      },
      resolve: (_organization, args, context) => listOrganizationKeys(args, context),
    }),
    apiKeyPolicy: t.withAuth({ session: true }).field({
      type: ApiKeyPolicyType,
      description: 'The rules of the organization for its keys. Every member may read them.',
      resolve: (_organization, _args, context) => apiKeyPolicy(context),
    }),
  }),
});

builder.queryField('organization', (t) =>
  t.withAuth({ session: true }).field({
    type: OrganizationType,
    nullable: true,
    description: 'The active organization of the session; null if there is none. Requires a session.',
    resolve: (_root, _args, context) => organization(context),
  }),
);

const RevokeApiKeysOfInput = builder.inputType('RevokeApiKeysOfInput', {
  description: 'Whose keys to revoke.',
  fields: (t) => ({ userId: t.id({ required: true, description: 'The id of the person.' }) }),
});

const RevokeApiKeysOfPayload = builder.objectRef<{ readonly revoked: number }>('RevokeApiKeysOfPayload').implement({
  description: 'The outcome of `revokeApiKeysOf`.',
  fields: (t) => ({
    revoked: t.exposeInt('revoked', {
      description: 'How many keys were revoked. Keys that were already revoked do not count.',
    }),
  }),
});

builder.mutationField('revokeApiKeysOf', (t) =>
  t.withAuth({ session: true }).field({
    type: RevokeApiKeysOfPayload,
    description:
      'Revokes all keys of a person in the active organization, in one transaction. Only its owners and administrators may do this.',
    args: { input: t.arg({ type: RevokeApiKeysOfInput, required: true, description: 'Whose keys to revoke.' }) },
    resolve: (_root, { input }, context) => revokeApiKeysOf(input, context),
  }),
);
