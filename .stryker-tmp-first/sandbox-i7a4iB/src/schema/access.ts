// @ts-nocheck
import type { AvailableScope } from '../keys/access/available-scopes.ts';
import type { ObjectAccess } from '../keys/access/preview.ts';
import { apiKeyAccess } from '../resolvers/api-key-access.ts';
import { builder } from './builder.ts';

/** In fields: four questions about each object of the kernel. */
const ACCESS_COST = 200;

const ScopeKind = builder.enumType('ScopeKind', {
  description: 'What kind of scope it is.',
  values: {
    CAPABILITY: { description: 'One of the capabilities of the platform. It may go on any key.' },
    PERMISSION_SET: { description: 'A permission set that you hold.' },
  } as const,
});

export const AvailableScopeType = builder.objectRef<AvailableScope>('AvailableScope').implement({
  description: 'A scope that you may put on a key.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The scope, as `createApiKey` takes it.' }),
    kind: t.expose('kind', { type: ScopeKind, description: 'What kind of scope it is.' }),
    label: t.exposeString('label', { description: 'The name to show in a form.' }),
    description: t.string({
      nullable: true,
      description: 'What a key with it may do; null if nobody wrote that down.',
      resolve: ({ description }) => description ?? null,
    }),
  }),
});

const ObjectAccessType = builder.objectRef<ObjectAccess>('ObjectAccess').implement({
  description: 'What a key could do with the records of an object. Rules for records may leave it only some of them.',
  fields: (t) => ({
    object: t.exposeString('object', { description: 'The name of the object.' }),
    read: t.exposeBoolean('read', { description: 'Whether it could read records.' }),
    create: t.exposeBoolean('create', { description: 'Whether it could create records.' }),
    edit: t.exposeBoolean('edit', { description: 'Whether it could change records.' }),
    delete: t.exposeBoolean('delete', { description: 'Whether it could delete records.' }),
  }),
});

builder.queryField('apiKeyAccess', (t) =>
  t.withAuth({ session: true }).field({
    type: [ObjectAccessType],
    extensions: { cost: ACCESS_COST },
    description:
      'What a key with these scopes could do now, object by object, by the evaluation that would hold it to them. Nothing is ' +
      'created. Objects with which it could do nothing are left out.',
    args: {
      scopes: t.arg.stringList({ required: true, description: 'The scopes, as `createApiKey` takes them.' }),
      object: t.arg.string({ description: 'Only this object, whatever the key could do with it.' }),
    },
    resolve: (_root, args, context) => apiKeyAccess(args, context),
  }),
);
