import { type Viewer, viewer } from '../resolvers/viewer.ts';
import { builder } from './builder.ts';

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
  }),
});

builder.queryField('viewer', (t) =>
  t.withAuth({ authenticated: true }).field({
    type: ViewerType,
    description: 'Who is asking.',
    resolve: (_root, _args, context) => viewer(context),
  }),
);
