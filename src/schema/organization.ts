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
    name: t.exposeString('name', { description: 'Its name.' }),
    apiKeys: t.withAuth({ session: true }).field({
      type: ApiKeyConnection,
      description:
        'The keys of everybody in the organization, newest first. For its owners and administrators; everybody else is refused.',
      args: {
        ...listArguments,
        ownerId: t.arg.id({ description: 'Only the keys of this person.' }),
      },
      resolve: (_organization, args, context) => listOrganizationKeys(args, context),
    }),
    apiKeyPolicy: t.withAuth({ session: true }).field({
      type: ApiKeyPolicyType,
      description: 'The rules for its keys. For every member.',
      resolve: (_organization, _args, context) => apiKeyPolicy(context),
    }),
  }),
});

builder.queryField('organization', (t) =>
  t.withAuth({ session: true }).field({
    type: OrganizationType,
    nullable: true,
    description: 'The active organization of the session; null without one. An API key cannot ask for it.',
    resolve: (_root, _args, context) => organization(context),
  }),
);

const RevokeApiKeysOfInput = builder.inputType('RevokeApiKeysOfInput', {
  description: 'Whose keys to end.',
  fields: (t) => ({ userId: t.id({ required: true, description: 'The id of the person.' }) }),
});

const RevokeApiKeysOfPayload = builder.objectRef<{ readonly revoked: number }>('RevokeApiKeysOfPayload').implement({
  description: 'What was ended.',
  fields: (t) => ({
    revoked: t.exposeInt('revoked', {
      description: 'How many keys were ended; those that had ended before do not count.',
    }),
  }),
});

builder.mutationField('revokeApiKeysOf', (t) =>
  t.withAuth({ session: true }).field({
    type: RevokeApiKeysOfPayload,
    description:
      'Ends all keys that a person has in the active organization, in one transaction. For its owners and administrators.',
    args: { input: t.arg({ type: RevokeApiKeysOfInput, required: true, description: 'Whose keys.' }) },
    resolve: (_root, { input }, context) => revokeApiKeysOf(input, context),
  }),
);
