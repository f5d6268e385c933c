import { type ApiKey, statusOf } from '../keys/record/api-key.ts';
import { keyDetail } from '../resolvers/key-detail.ts';
import { builder } from './builder.ts';

export const ApiKeyStatus = builder.enumType('ApiKeyStatus', {
  description: 'Whether a key authenticates.',
  values: {
    ACTIVE: { description: 'Requests with this key are answered.' },
    REVOKED: { description: 'Its owner ended it.' },
    EXPIRED: { description: 'Its expiry has passed.' },
  } as const,
});

const ApiKeyDoor = builder.enumType('ApiKeyDoor', {
  description: 'Where a key is used.',
  values: {
    DATA: { description: 'The data API.' },
    MCP: { description: 'The MCP endpoint of agents, over HTTP or stdio.' },
    GRAPHQL: { description: 'This endpoint.' },
    OTHER: { description: 'Any other route.' },
  } as const,
});

export const ApiKeyType = builder.objectRef<ApiKey>('ApiKey').implement({
  description: 'An API key as it may be listed, cached and shown again. The secret is not part of it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the `sys_api_key` record, the same in REST and in the data API.' }),
    name: t.exposeString('name', { description: 'The name that its owner gave it.' }),
    prefix: t.exposeString('prefix', {
      description: 'The first characters of the secret, for telling keys apart.',
    }),
    scopes: t.stringList({
      description:
        'The most that the key may do: capabilities and permission sets. Empty when it may do whatever its owner may.',
      resolve: (key) => [...key.scopes],
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the key stops to authenticate; null when it does not expire.',
      resolve: (key) => key.expiresAt ?? null,
    }),
    organizationId: t.id({
      nullable: true,
      description: 'The organization that the key authenticates into; null when it has none.',
      resolve: (key) => key.organizationId ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the key was created.' }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the key last authenticated; null when that is not known.',
      resolve: (key) => key.lastUsedAt ?? null,
    }),
    lastUsedVia: t.field({
      type: ApiKeyDoor,
      nullable: true,
      description: 'Where the key last authenticated; null when that is not known.',
      resolve: async (key, _args, context) => (await keyDetail(key, context)).lastUsedVia ?? null,
    }),
    lastUsedFrom: t.string({
      nullable: true,
      description:
        'The network from which the key was last used: the first 24 bits of an IPv4 address, 48 of an IPv6 address. Null when that is not known.',
      resolve: async (key, _args, context) => (await keyDetail(key, context)).lastUsedFrom ?? null,
    }),
    status: t.field({
      type: ApiKeyStatus,
      description: 'Whether the key authenticates now.',
      resolve: (key) => statusOf(key),
    }),
  }),
});
