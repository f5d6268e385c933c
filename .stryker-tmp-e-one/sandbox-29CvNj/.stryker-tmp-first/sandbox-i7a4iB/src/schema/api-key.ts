// @ts-nocheck
// 
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

/** Counted in fields: the uses of a key are many rows, and a suggestion makes many requests to the platform. */
const USAGE_COST = 10;
const SUGGESTION_COST = 100;

export const ApiKeyStatus = builder.enumType('ApiKeyStatus', {
  description: 'Whether a key works.',
  values: {
    ACTIVE: { description: 'The key works.' },
    REVOKED: { description: 'The key was revoked by its owner or by an administrator of its organization.' },
    EXPIRED: { description: 'The key has expired.' },
    OWNER_LEFT: {
      description:
        'The owner left the organization of the key. If the owner rejoins, the key stays disabled until the owner restores it.',
    },
  } as const,
});

const ApiKeyDoor = builder.enumType('ApiKeyDoor', {
  description: 'The API that a key was used with.',
  values: {
    DATA: { description: 'The data API.' },
    MCP: { description: 'The MCP endpoint for agents, over HTTP or stdio.' },
    GRAPHQL: { description: 'This GraphQL API.' },
    OTHER: { description: 'Any other route.' },
  } as const,
});

const ApiKeyOwnerType = builder.objectRef<ApiKeyOwner>('ApiKeyOwner').implement({
  description: 'The person who owns the key.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the `sys_user` record.' }),
    name: t.exposeString('name', { description: 'The name of the owner; empty if the account no longer exists.' }),
    email: t.exposeString('email', {
      description: 'The e-mail address of the owner; empty if the account no longer exists.',
    }),
  }),
});

/** Each look-up runs its own statements, so a chain of them must cost more than plain fields. */
const LOOKED_UP = { cost: 20 };

export const ApiKeyType = builder.objectRef<ApiKey>('ApiKey');

ApiKeyType.implement({
  description: 'An API key without its secret, safe to list, cache and show again.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the `sys_api_key` record, the same in REST and in the data API.' }),
    name: t.exposeString('name', { description: 'The name of the key, chosen by its owner.' }),
    description: t.string({
      nullable: true,
      description: 'What the key is for, as its owner described it; null if they did not.',
      resolve: async (key, _args, context) => (await keyDetail(key, context)).description ?? null,
    }),
    owner: t.field({
      type: ApiKeyOwnerType,
      description: 'The person who owns the key.',
      resolve: (key, _args, context) => apiKeyOwner(key, context),
    }),
    allowedNetworks: t.stringList({
      description: 'The IP addresses and networks (CIDR) that may use the key. Empty if it may be used from anywhere.',
      resolve: async (key, _args, context) => allowedFrom(await keyDetail(key, context)),
    }),
    replaces: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'The key that this one replaced by rotation; null if there is none.',
      extensions: LOOKED_UP,
      resolve: (key, _args, context) => replacedKey(key, context),
    }),
    replacedBy: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'The key that replaced this one by rotation; null if there is none.',
      extensions: LOOKED_UP,
      resolve: (key, _args, context) => replacementOf(key, context),
    }),
    prefix: t.exposeString('prefix', {
      description: 'The first characters of the secret, to tell keys apart.',
    }),
    scopes: t.stringList({
      description:
        'The capabilities and permission sets that limit the key. Empty if it may do everything that its owner may.',
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
      description: 'The organization that the key belongs to; null if it has none.',
      resolve: (key) => key.organizationId ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the key was created.' }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the key was last used; null if unknown.',
      resolve: (key) => key.lastUsedAt ?? null,
    }),
    lastUsedVia: t.field({
      type: ApiKeyDoor,
      nullable: true,
      description: 'The API that the key was last used with; null if unknown.',
      resolve: async (key, _args, context) => (await keyDetail(key, context)).lastUsedVia ?? null,
    }),
    lastUsedFrom: t.string({
      nullable: true,
      description:
        'The network that the key was last used from: the first 24 bits of an IPv4 address or the first 48 of an IPv6 address. Null if unknown.',
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
        'The narrowest scopes that cover everything the key was used for in the last 30 days. Null if no use was recorded, if the record is incomplete, or if no scopes are sufficient.',
      resolve: (key, _args, context) => suggestedScopes(key, context),
    }),
    status: t.field({
      type: ApiKeyStatus,
      description: 'The current status of the key.',
      resolve: (key, _args, context) => apiKeyStatus(key, context),
    }),
    violatesPolicy: t.boolean({
      description:
        'Whether an active key breaks a rule that its organization made after the key was created: it has no scopes, or ' +
        'its lifetime is too long. The key keeps working until it is revoked.',
      resolve: (key, _args, context) => violatesPolicy(key, context),
    }),
  }),
});

/** A key whose networks cannot be read is refused everywhere. An empty list would wrongly say "from anywhere". */
function allowedFrom({ allowedNetworks }: ApiKeySettings): string[] {
  return allowedNetworks === 'unreadable' ? ['(unreadable)'] : [...allowedNetworks];
}
