// @ts-nocheck
// 
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
import { z } from 'zod';
import type { MintedApiKey } from '../keys/mint/minter.ts';
import { type ApiKey, type ApiKeyStatus, statusOf } from '../keys/record/api-key.ts';
import type { ApiKeyDetail } from '../keys/record/api-key-detail.ts';
const instant = z.iso.datetime(stryMutAct_9fa48("5488") ? {} : (stryCov_9fa48("5488"), {
  offset: stryMutAct_9fa48("5489") ? false : (stryCov_9fa48("5489"), true)
}));

/** A key in REST: in snake case, as in the data API, and without fields that have no value. */
export const key = z.strictObject(stryMutAct_9fa48("5490") ? {} : (stryCov_9fa48("5490"), {
  id: z.string().describe(stryMutAct_9fa48("5491") ? "" : (stryCov_9fa48("5491"), 'The id of the `sys_api_key` record, the same in GraphQL and in the data API.')),
  name: z.string().describe(stryMutAct_9fa48("5492") ? "" : (stryCov_9fa48("5492"), 'The name of the key, chosen by its owner.')),
  description: z.string().describe(stryMutAct_9fa48("5493") ? "" : (stryCov_9fa48("5493"), 'What the key is for, as its owner described it.')).optional(),
  prefix: z.string().describe(stryMutAct_9fa48("5494") ? "" : (stryCov_9fa48("5494"), 'The first characters of the secret, to tell keys apart.')),
  scopes: z.array(z.string()).describe(stryMutAct_9fa48("5495") ? "" : (stryCov_9fa48("5495"), 'What limits the key. Absent if it may do everything that its owner may.')).optional(),
  expires_at: instant.describe(stryMutAct_9fa48("5496") ? "" : (stryCov_9fa48("5496"), 'When the key expires. Absent if it never does.')).optional(),
  allowed_networks: z.array(z.string()).describe(stryMutAct_9fa48("5497") ? "" : (stryCov_9fa48("5497"), 'The IP addresses and networks that may use the key. Absent if it may be used from anywhere.')).optional(),
  replaces: z.string().describe(stryMutAct_9fa48("5498") ? "" : (stryCov_9fa48("5498"), 'The id of the key that it replaced.')).optional(),
  active_organization_id: z.string().describe(stryMutAct_9fa48("5499") ? "" : (stryCov_9fa48("5499"), 'The organization that the key belongs to.')).optional(),
  created_at: instant.describe(stryMutAct_9fa48("5500") ? "" : (stryCov_9fa48("5500"), 'When the key was created.')),
  last_used_at: instant.describe(stryMutAct_9fa48("5501") ? "" : (stryCov_9fa48("5501"), 'When the key was last used. Absent if that is not known.')).optional(),
  last_used_via: z.enum(stryMutAct_9fa48("5502") ? [] : (stryCov_9fa48("5502"), [stryMutAct_9fa48("5503") ? "" : (stryCov_9fa48("5503"), 'DATA'), stryMutAct_9fa48("5504") ? "" : (stryCov_9fa48("5504"), 'MCP'), stryMutAct_9fa48("5505") ? "" : (stryCov_9fa48("5505"), 'GRAPHQL'), stryMutAct_9fa48("5506") ? "" : (stryCov_9fa48("5506"), 'OTHER')])).describe(stryMutAct_9fa48("5507") ? "" : (stryCov_9fa48("5507"), 'The API through which it was last used.')).optional(),
  last_used_from: z.string().describe(stryMutAct_9fa48("5508") ? "" : (stryCov_9fa48("5508"), 'The network from which it was last used: the first 24 bits of an IPv4 address or 48 of an IPv6 address.')).optional(),
  status: z.enum(stryMutAct_9fa48("5509") ? [] : (stryCov_9fa48("5509"), [stryMutAct_9fa48("5510") ? "" : (stryCov_9fa48("5510"), 'ACTIVE'), stryMutAct_9fa48("5511") ? "" : (stryCov_9fa48("5511"), 'REVOKED'), stryMutAct_9fa48("5512") ? "" : (stryCov_9fa48("5512"), 'EXPIRED'), stryMutAct_9fa48("5513") ? "" : (stryCov_9fa48("5513"), 'OWNER_LEFT')])).describe(stryMutAct_9fa48("5514") ? "" : (stryCov_9fa48("5514"), 'Whether the key works now.'))
}));
const secret = z.string().nullable().describe(stryMutAct_9fa48("5515") ? "" : (stryCov_9fa48("5515"), 'The secret. Only the response that created the key contains it; null if the request is a repeat.'));
const newKey = z.strictObject(stryMutAct_9fa48("5516") ? {} : (stryCov_9fa48("5516"), {
  ...key.shape,
  key: secret
}));

/** The response to `POST /keys`: the new key, and the same object again in `data`. */
export const createdKey = z.strictObject(stryMutAct_9fa48("5517") ? {} : (stryCov_9fa48("5517"), {
  ...newKey.shape,
  data: newKey.describe(stryMutAct_9fa48("5518") ? "" : (stryCov_9fa48("5518"), 'The same object again, in the place where the Console expects it.'))
}));

/** The response to `POST /keys/{id}/rotate`. */
export const rotatedKey = z.strictObject(stryMutAct_9fa48("5519") ? {} : (stryCov_9fa48("5519"), {
  ...newKey.shape,
  previous: key.describe(stryMutAct_9fa48("5520") ? "" : (stryCov_9fa48("5520"), 'The old key: revoked, or expiring at the end of the overlap.'))
}));

/** A key in the list of an organization. */
const organizationKey = z.strictObject(stryMutAct_9fa48("5521") ? {} : (stryCov_9fa48("5521"), {
  ...key.shape,
  owner: z.strictObject(stryMutAct_9fa48("5522") ? {} : (stryCov_9fa48("5522"), {
    id: z.string().describe(stryMutAct_9fa48("5523") ? "" : (stryCov_9fa48("5523"), 'The id of the `sys_user` record.')),
    name: z.string().describe(stryMutAct_9fa48("5524") ? "" : (stryCov_9fa48("5524"), 'The name of the owner; empty if the account no longer exists.')),
    email: z.string().describe(stryMutAct_9fa48("5525") ? "" : (stryCov_9fa48("5525"), 'The e-mail address of the owner; empty if the account no longer exists.'))
  })).describe(stryMutAct_9fa48("5526") ? "" : (stryCov_9fa48("5526"), 'The person who owns the key.')),
  violates_policy: z.boolean().describe(stryMutAct_9fa48("5527") ? "" : (stryCov_9fa48("5527"), 'Whether an active key breaks a rule that its organization made after the key was created.'))
}));
const pageOf = stryMutAct_9fa48("5528") ? () => undefined : (stryCov_9fa48("5528"), (() => {
  const pageOf = <T extends z.ZodType,>(one: T) => z.strictObject(stryMutAct_9fa48("5529") ? {} : (stryCov_9fa48("5529"), {
    data: z.array(one).describe(stryMutAct_9fa48("5530") ? "" : (stryCov_9fa48("5530"), 'The keys on this page, newest first.')),
    has_more: z.boolean().describe(stryMutAct_9fa48("5531") ? "" : (stryCov_9fa48("5531"), 'Whether more keys follow.')),
    next_cursor: z.string().describe(stryMutAct_9fa48("5532") ? "" : (stryCov_9fa48("5532"), 'Send it as `after` to get the next page. Absent on the last one.')).optional()
  }));
  return pageOf;
})());

/** The response to `GET /keys`. */
export const keyList = pageOf(key);

/** The response to `GET /keys/organization`. */
export const organizationKeyList = pageOf(organizationKey);

/** The response to `POST /keys/organization/owners/{user_id}/revoke`. */
export const revokedKeys = z.strictObject(stryMutAct_9fa48("5533") ? {} : (stryCov_9fa48("5533"), {
  revoked: z.int().describe(stryMutAct_9fa48("5534") ? "" : (stryCov_9fa48("5534"), 'How many keys were revoked. Keys that were already revoked do not count.'))
}));

/** The details of a key that REST shows. */
export type KeyDetail = Omit<ApiKeyDetail, 'restoredAt'>;
export const NO_DETAIL: KeyDetail = stryMutAct_9fa48("5535") ? {} : (stryCov_9fa48("5535"), {
  description: undefined,
  allowedNetworks: stryMutAct_9fa48("5536") ? ["Stryker was here"] : (stryCov_9fa48("5536"), []),
  replaces: undefined,
  lastUsedVia: undefined,
  lastUsedFrom: undefined
});

/** Converts a key to REST. The status comes from its record unless one is given. */
export function spellKey(apiKey: ApiKey, detail: KeyDetail, status: ApiKeyStatus = statusOf(apiKey)): z.infer<typeof key> {
  if (stryMutAct_9fa48("5537")) {
    {}
  } else {
    stryCov_9fa48("5537");
    const {
      id,
      name,
      prefix,
      scopes,
      expiresAt,
      organizationId,
      createdAt,
      lastUsedAt
    } = apiKey;
    const {
      description,
      replaces,
      lastUsedVia,
      lastUsedFrom
    } = detail;
    const networks = (stryMutAct_9fa48("5540") ? detail.allowedNetworks !== 'unreadable' : stryMutAct_9fa48("5539") ? false : stryMutAct_9fa48("5538") ? true : (stryCov_9fa48("5538", "5539", "5540"), detail.allowedNetworks === (stryMutAct_9fa48("5541") ? "" : (stryCov_9fa48("5541"), 'unreadable')))) ? stryMutAct_9fa48("5542") ? [] : (stryCov_9fa48("5542"), [stryMutAct_9fa48("5543") ? "" : (stryCov_9fa48("5543"), '(unreadable)')]) : stryMutAct_9fa48("5544") ? [] : (stryCov_9fa48("5544"), [...detail.allowedNetworks]);
    return stryMutAct_9fa48("5545") ? {} : (stryCov_9fa48("5545"), {
      id,
      name,
      ...((stryMutAct_9fa48("5548") ? description !== undefined : stryMutAct_9fa48("5547") ? false : stryMutAct_9fa48("5546") ? true : (stryCov_9fa48("5546", "5547", "5548"), description === undefined)) ? {} : stryMutAct_9fa48("5549") ? {} : (stryCov_9fa48("5549"), {
        description
      })),
      prefix,
      ...((stryMutAct_9fa48("5552") ? scopes.length !== 0 : stryMutAct_9fa48("5551") ? false : stryMutAct_9fa48("5550") ? true : (stryCov_9fa48("5550", "5551", "5552"), scopes.length === 0)) ? {} : stryMutAct_9fa48("5553") ? {} : (stryCov_9fa48("5553"), {
        scopes: stryMutAct_9fa48("5554") ? [] : (stryCov_9fa48("5554"), [...scopes])
      })),
      ...((stryMutAct_9fa48("5557") ? expiresAt !== undefined : stryMutAct_9fa48("5556") ? false : stryMutAct_9fa48("5555") ? true : (stryCov_9fa48("5555", "5556", "5557"), expiresAt === undefined)) ? {} : stryMutAct_9fa48("5558") ? {} : (stryCov_9fa48("5558"), {
        expires_at: expiresAt.toISOString()
      })),
      ...((stryMutAct_9fa48("5561") ? networks.length !== 0 : stryMutAct_9fa48("5560") ? false : stryMutAct_9fa48("5559") ? true : (stryCov_9fa48("5559", "5560", "5561"), networks.length === 0)) ? {} : stryMutAct_9fa48("5562") ? {} : (stryCov_9fa48("5562"), {
        allowed_networks: networks
      })),
      ...((stryMutAct_9fa48("5565") ? replaces !== undefined : stryMutAct_9fa48("5564") ? false : stryMutAct_9fa48("5563") ? true : (stryCov_9fa48("5563", "5564", "5565"), replaces === undefined)) ? {} : stryMutAct_9fa48("5566") ? {} : (stryCov_9fa48("5566"), {
        replaces
      })),
      ...((stryMutAct_9fa48("5569") ? organizationId !== undefined : stryMutAct_9fa48("5568") ? false : stryMutAct_9fa48("5567") ? true : (stryCov_9fa48("5567", "5568", "5569"), organizationId === undefined)) ? {} : stryMutAct_9fa48("5570") ? {} : (stryCov_9fa48("5570"), {
        active_organization_id: organizationId
      })),
      created_at: createdAt.toISOString(),
      ...((stryMutAct_9fa48("5573") ? lastUsedAt !== undefined : stryMutAct_9fa48("5572") ? false : stryMutAct_9fa48("5571") ? true : (stryCov_9fa48("5571", "5572", "5573"), lastUsedAt === undefined)) ? {} : stryMutAct_9fa48("5574") ? {} : (stryCov_9fa48("5574"), {
        last_used_at: lastUsedAt.toISOString()
      })),
      ...((stryMutAct_9fa48("5577") ? lastUsedVia !== undefined : stryMutAct_9fa48("5576") ? false : stryMutAct_9fa48("5575") ? true : (stryCov_9fa48("5575", "5576", "5577"), lastUsedVia === undefined)) ? {} : stryMutAct_9fa48("5578") ? {} : (stryCov_9fa48("5578"), {
        last_used_via: lastUsedVia
      })),
      ...((stryMutAct_9fa48("5581") ? lastUsedFrom !== undefined : stryMutAct_9fa48("5580") ? false : stryMutAct_9fa48("5579") ? true : (stryCov_9fa48("5579", "5580", "5581"), lastUsedFrom === undefined)) ? {} : stryMutAct_9fa48("5582") ? {} : (stryCov_9fa48("5582"), {
        last_used_from: lastUsedFrom
      })),
      status
    });
  }
}

/** Converts a new key to REST with its secret. This is the only place in this endpoint that reveals it. */
export function spellNewKey({
  apiKey,
  secret: made
}: MintedApiKey, detail: KeyDetail, status: ApiKeyStatus): z.infer<typeof newKey> {
  if (stryMutAct_9fa48("5583")) {
    {}
  } else {
    stryCov_9fa48("5583");
    return stryMutAct_9fa48("5584") ? {} : (stryCov_9fa48("5584"), {
      ...spellKey(apiKey, detail, status),
      key: stryMutAct_9fa48("5585") ? made?.reveal() && null : (stryCov_9fa48("5585"), (stryMutAct_9fa48("5586") ? made.reveal() : (stryCov_9fa48("5586"), made?.reveal())) ?? null)
    });
  }
}