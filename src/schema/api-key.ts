import type { ApiKey } from '../keys/record/api-key.ts';
import type { ApiKeySettings } from '../keys/record/api-key-detail.ts';
import type { ApiKeyOwner } from '../keys/record/owner.ts';
import { apiKeyOwner } from '../resolvers/api-key-owner.ts';
import { violatesPolicy } from '../resolvers/api-key-policy.ts';
import { apiKeyStatus } from '../resolvers/api-key-status.ts';
import { keyDetail } from '../resolvers/key-detail.ts';
import { keyUsage, suggestedScopes } from '../resolvers/key-usage.ts';
import { replacedKey, replacementOf } from '../resolvers/lineage.ts';
import { ApiKeyUseType } from './api-key-use.ts';
import { builder } from './builder.ts';

/** In fields: the uses of a key are many rows, and a suggestion asks the platform many questions. */
const USAGE_COST = 10;
const SUGGESTION_COST = 100;

export const ApiKeyStatus = builder.enumType('ApiKeyStatus', {
  description: 'Whether a key works.',
  values: {
    ACTIVE: { description: 'The key works.' },
    REVOKED: { description: 'The key was revoked, by its owner or by an administrator of its organization.' },
    EXPIRED: { description: 'The key has expired.' },
    OWNER_LEFT: {
      description:
        'Its owner left the organization of the key. It stays ended when they come back, until they restore it.',
    },
  } as const,
});

const ApiKeyDoor = builder.enumType('ApiKeyDoor', {
  description: 'The API through which a key was used.',
  values: {
    DATA: { description: 'The data API.' },
    MCP: { description: 'The MCP endpoint for agents, over HTTP or stdio.' },
    GRAPHQL: { description: 'This GraphQL API.' },
    OTHER: { description: 'Any other route.' },
  } as const,
});

const ApiKeyOwnerType = builder.objectRef<ApiKeyOwner>('ApiKeyOwner').implement({
  description: 'The person whose key it is.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the `sys_user` record.' }),
    name: t.exposeString('name', { description: 'Their name; empty when they no longer exist.' }),
    email: t.exposeString('email', { description: 'Their e-mail address; empty when they no longer exist.' }),
  }),
});

/** Looking one up takes statements of its own, so that a chain of them is paid for as such. */
const LOOKED_UP = { cost: 20 };

export const ApiKeyType = builder.objectRef<ApiKey>('ApiKey');

ApiKeyType.implement({
  description: 'An API key without its secret, safe to list, cache and show again.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the `sys_api_key` record, the same in REST and in the data API.' }),
    name: t.exposeString('name', { description: 'The name that the owner gave the key.' }),
    description: t.string({
      nullable: true,
      description: 'What the key is for, in the words of its owner; null when they did not say.',
      resolve: async (key, _args, context) => (await keyDetail(key, context)).description ?? null,
    }),
    owner: t.field({
      type: ApiKeyOwnerType,
      description: 'The person whose key it is.',
      resolve: (key, _args, context) => apiKeyOwner(key, context),
    }),
    allowedNetworks: t.stringList({
      description:
        'The addresses and networks (CIDR) from which the key may be used. Empty when it may be used from anywhere.',
      resolve: async (key, _args, context) => allowedFrom(await keyDetail(key, context)),
    }),
    replaces: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'The key whose place this one took by rotation; null when there is none.',
      extensions: LOOKED_UP,
      resolve: (key, _args, context) => replacedKey(key, context),
    }),
    replacedBy: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'The key that took the place of this one by rotation; null when there is none.',
      extensions: LOOKED_UP,
      resolve: (key, _args, context) => replacementOf(key, context),
    }),
    prefix: t.exposeString('prefix', {
      description: 'The first characters of the secret, to tell keys apart.',
    }),
    scopes: t.stringList({
      description:
        'What the key is limited to: capabilities and permission sets. Empty if it may do everything that its owner may.',
      resolve: (key) => [...key.scopes],
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the key expires; null if it never does.',
      resolve: (key) => key.expiresAt ?? null,
    }),
    organizationId: t.id({
      nullable: true,
      description: 'The organization that the key works in; null if it has none.',
      resolve: (key) => key.organizationId ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the key was created.' }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the key was last used; null if that is not known.',
      resolve: (key) => key.lastUsedAt ?? null,
    }),
    lastUsedVia: t.field({
      type: ApiKeyDoor,
      nullable: true,
      description: 'The API through which the key was last used; null if that is not known.',
      resolve: async (key, _args, context) => (await keyDetail(key, context)).lastUsedVia ?? null,
    }),
    lastUsedFrom: t.string({
      nullable: true,
      description:
        'The network from which the key was last used: the first 24 bits of an IPv4 address or 48 of an IPv6 address. Null if that is not known.',
      resolve: async (key, _args, context) => (await keyDetail(key, context)).lastUsedFrom ?? null,
    }),
    usage: t.field({
      type: [ApiKeyUseType],
      extensions: { cost: USAGE_COST },
      description: 'What the key was used for in the last 30 days.',
      resolve: (key, _args, context) => keyUsage(key, context),
    }),
    suggestedScopes: t.stringList({
      nullable: true,
      extensions: { cost: SUGGESTION_COST },
      description:
        'The smallest scopes under which the key could do all that it was used for in the last 30 days. Null when nothing is recorded, when not all of it is, or when no scopes are enough for it.',
      resolve: (key, _args, context) => suggestedScopes(key, context),
    }),
    status: t.field({
      type: ApiKeyStatus,
      description: 'Whether the key works now.',
      resolve: (key, _args, context) => apiKeyStatus(key, context),
    }),
    violatesPolicy: t.boolean({
      description:
        'Whether the key is active and breaks a rule of its organization that was made after it: it has no scopes, or ' +
        'lives for too long. It works until somebody revokes it.',
      resolve: (key, _args, context) => violatesPolicy(key, context),
    }),
  }),
});

/** Networks that cannot be read let nobody in, and must not read as "from anywhere". */
function allowedFrom({ allowedNetworks }: ApiKeySettings): string[] {
  return allowedNetworks === 'unreadable' ? ['(unreadable)'] : [...allowedNetworks];
}
