// @ts-nocheck
import { listApiKeys } from '../resolvers/list-api-keys.ts';
import { type Viewer, viewer } from '../resolvers/viewer.ts';
import { AvailableScopeType } from './access.ts';
import { ApiKeyType } from './api-key.ts';
import { ApiKeyConnection } from './api-key-connection.ts';
import { builder } from './builder.ts';
import { KeyLimitsType } from './key-limits.ts';
import { listArguments } from './list-arguments.ts';

/** In fields: they are read in several statements. */
const SCOPES_COST = 10;

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The signed-in person, or the owner of the API key in the request.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the `sys_user` record.' }),
    email: t.exposeString('email', { description: 'The e-mail address of the person.' }),
    organizationId: t.id({
      nullable: true,
      description: 'The active organization, which new keys belong to; null if there is none.',
      resolve: (who) => who.organizationId ?? null,
    }),
    scopes: t.stringList({
      description: 'The permission sets that you hold. You may use each of them as a scope of a key.',
      resolve: (who) => who.scopes(),
    }),
    availableScopes: t.field({
      type: [AvailableScopeType],
      extensions: { cost: SCOPES_COST },
      description: 'What you may put on a key as a scope: the capabilities, and the permission sets that you hold.',
      resolve: (_who, _args, { keys, principal }) => keys.availableScopesOf(principal),
    }),
    limits: t.field({
      type: KeyLimitsType,
      description: 'The limits on new keys, for a form to show.',
      resolve: (_who, _args, { keys }) => keys.limits,
    }),
    apiKey: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'The API key that authenticated this request; null for a session.',
      resolve: async (_who, _args, { keys, principal }) => (await keys.presentedBy(principal)) ?? null,
    }),
    apiKeys: t.field({
      type: ApiKeyConnection,
      description: 'Your keys, newest first.',
      args: listArguments,
      resolve: (_who, args, context) => listApiKeys(args, context),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.withAuth({ authenticated: true }).field({
    type: ViewerType,
    description: 'The signed-in person, or the owner of the API key in the request.',
    resolve: (_root, _args, context) => viewer(context),
  }),
);
