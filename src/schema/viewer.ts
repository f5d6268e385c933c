import { DEFAULT_PAGE, MAX_PAGE } from '../keys/read/list.ts';
import { findApiKey } from '../resolvers/find-api-key.ts';
import { listApiKeys } from '../resolvers/list-api-keys.ts';
import { type Viewer, viewer } from '../resolvers/viewer.ts';
import { ApiKeyStatus, ApiKeyType } from './api-key.ts';
import { ApiKeyConnection } from './api-key-connection.ts';
import { builder } from './builder.ts';
import { KeyLimitsType } from './key-limits.ts';

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who is asking: the signed-in person, or the owner of the API key in the request.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the `sys_user` record.' }),
    email: t.exposeString('email', { description: 'The e-mail address.' }),
    organizationId: t.id({
      nullable: true,
      description: 'The active organization: the one that a new key will authenticate into.',
      resolve: (who) => who.organizationId ?? null,
    }),
    scopes: t.stringList({
      description: 'The permission sets that this person holds, each of which may be put on a key.',
      resolve: (who) => who.scopes(),
    }),
    limits: t.field({
      type: KeyLimitsType,
      description: 'What a new key may be, so that a form can say so.',
      resolve: (_who, _args, { keys }) => keys.limits,
    }),
    apiKey: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'The API key in the request; null when a person asks with their session.',
      resolve: (_who, _args, context) =>
        context.principal.kind === 'apiKey' ? findApiKey(context.principal.keyId, context) : null,
    }),
    apiKeys: t.field({
      type: ApiKeyConnection,
      description: 'The keys of this person, newest first.',
      args: {
        first: t.arg.int({ description: `How many: 0 to ${MAX_PAGE}, ${DEFAULT_PAGE} when it is not said.` }),
        after: t.arg.string({ description: 'The cursor after which the page begins.' }),
        status: t.arg({ type: ApiKeyStatus, description: 'Only keys with this status.' }),
        search: t.arg.string({
          description:
            'Only keys with this in their name, in upper or lower case, or at the beginning of their prefix.',
        }),
        expiresWithin: t.arg({
          type: 'Duration',
          description: 'Only keys that have not expired and do within this time.',
        }),
        unusedFor: t.arg({
          type: 'Duration',
          description: 'Only keys that are older than this and have not been used for so long.',
        }),
      },
      resolve: (_who, args, context) => listApiKeys(args, context),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.withAuth({ authenticated: true }).field({
    type: ViewerType,
    description: 'Who is asking.',
    resolve: (_root, _args, context) => viewer(context),
  }),
);
