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
import { Field, ObjectSchema } from '@objectstack/spec/data';
import type { DataEngine, Row, SqlDriver, Transaction } from '../../platform/engine.ts';
import type { LiveReader } from '../../platform/live-reader.ts';
export const API_KEY_DETAIL_OBJECT = stryMutAct_9fa48("3779") ? "" : (stryCov_9fa48("3779"), 'sys_api_key_detail');

/** The API that a key was used with. */
export type ApiKeyDoor = 'DATA' | 'MCP' | 'GRAPHQL' | 'OTHER';
const VIAS: ReadonlySet<unknown> = new Set<ApiKeyDoor>(stryMutAct_9fa48("3780") ? [] : (stryCov_9fa48("3780"), [stryMutAct_9fa48("3781") ? "" : (stryCov_9fa48("3781"), 'DATA'), stryMutAct_9fa48("3782") ? "" : (stryCov_9fa48("3782"), 'MCP'), stryMutAct_9fa48("3783") ? "" : (stryCov_9fa48("3783"), 'GRAPHQL'), stryMutAct_9fa48("3784") ? "" : (stryCov_9fa48("3784"), 'OTHER')]));

/**
 * The details of a key that the platform's table has no columns for, by the id of the key. This is a
 * separate table because extending `sys_api_key` would add columns that change who may see its rows. A key
 * without a row here, such as one from before this plugin was installed, has no additional limits.
 */
export const apiKeyDetailObject = ObjectSchema.create(stryMutAct_9fa48("3785") ? {} : (stryCov_9fa48("3785"), {
  name: API_KEY_DETAIL_OBJECT,
  label: stryMutAct_9fa48("3786") ? "" : (stryCov_9fa48("3786"), 'API key detail'),
  pluralLabel: stryMutAct_9fa48("3787") ? "" : (stryCov_9fa48("3787"), 'API key details'),
  isSystem: stryMutAct_9fa48("3788") ? false : (stryCov_9fa48("3788"), true),
  managedBy: stryMutAct_9fa48("3789") ? "" : (stryCov_9fa48("3789"), 'engine-owned'),
  access: stryMutAct_9fa48("3790") ? {} : (stryCov_9fa48("3790"), {
    default: stryMutAct_9fa48("3791") ? "" : (stryCov_9fa48("3791"), 'private')
  }),
  description: stryMutAct_9fa48("3792") ? "" : (stryCov_9fa48("3792"), 'Details of an API key that its record has no columns for. Only the API keys plugin reads and writes it.'),
  fields: stryMutAct_9fa48("3793") ? {} : (stryCov_9fa48("3793"), {
    id: Field.text(stryMutAct_9fa48("3794") ? {} : (stryCov_9fa48("3794"), {
      label: stryMutAct_9fa48("3795") ? "" : (stryCov_9fa48("3795"), 'Id of the key'),
      required: stryMutAct_9fa48("3796") ? false : (stryCov_9fa48("3796"), true),
      readonly: stryMutAct_9fa48("3797") ? false : (stryCov_9fa48("3797"), true)
    })),
    description: Field.text(stryMutAct_9fa48("3798") ? {} : (stryCov_9fa48("3798"), {
      label: stryMutAct_9fa48("3799") ? "" : (stryCov_9fa48("3799"), 'Description'),
      readonly: stryMutAct_9fa48("3800") ? false : (stryCov_9fa48("3800"), true),
      maxLength: 1000
    })),
    allowed_networks: Field.textarea(stryMutAct_9fa48("3801") ? {} : (stryCov_9fa48("3801"), {
      label: stryMutAct_9fa48("3802") ? "" : (stryCov_9fa48("3802"), 'Allowed networks, a JSON array'),
      readonly: stryMutAct_9fa48("3803") ? false : (stryCov_9fa48("3803"), true)
    })),
    replaces: Field.text(stryMutAct_9fa48("3804") ? {} : (stryCov_9fa48("3804"), {
      label: stryMutAct_9fa48("3805") ? "" : (stryCov_9fa48("3805"), 'Id of the key that it replaces'),
      readonly: stryMutAct_9fa48("3806") ? false : (stryCov_9fa48("3806"), true),
      maxLength: 64
    })),
    restored_at: Field.datetime(stryMutAct_9fa48("3807") ? {} : (stryCov_9fa48("3807"), {
      label: stryMutAct_9fa48("3808") ? "" : (stryCov_9fa48("3808"), 'When it was last restored'),
      readonly: stryMutAct_9fa48("3809") ? false : (stryCov_9fa48("3809"), true)
    })),
    last_used_via: Field.text(stryMutAct_9fa48("3810") ? {} : (stryCov_9fa48("3810"), {
      label: stryMutAct_9fa48("3811") ? "" : (stryCov_9fa48("3811"), 'Last used via'),
      readonly: stryMutAct_9fa48("3812") ? false : (stryCov_9fa48("3812"), true),
      maxLength: 16
    })),
    last_used_from: Field.text(stryMutAct_9fa48("3813") ? {} : (stryCov_9fa48("3813"), {
      label: stryMutAct_9fa48("3814") ? "" : (stryCov_9fa48("3814"), 'Network that it was last used from'),
      readonly: stryMutAct_9fa48("3815") ? false : (stryCov_9fa48("3815"), true),
      maxLength: 64
    }))
  }),
  indexes: stryMutAct_9fa48("3816") ? [] : (stryCov_9fa48("3816"), [stryMutAct_9fa48("3817") ? {} : (stryCov_9fa48("3817"), {
    fields: stryMutAct_9fa48("3818") ? [] : (stryCov_9fa48("3818"), [stryMutAct_9fa48("3819") ? "" : (stryCov_9fa48("3819"), 'replaces')])
  })]),
  enable: stryMutAct_9fa48("3820") ? {} : (stryCov_9fa48("3820"), {
    apiEnabled: stryMutAct_9fa48("3821") ? true : (stryCov_9fa48("3821"), false),
    trackHistory: stryMutAct_9fa48("3822") ? true : (stryCov_9fa48("3822"), false),
    searchable: stryMutAct_9fa48("3823") ? true : (stryCov_9fa48("3823"), false)
  })
}));

/** The details of a key that its owner sets. */
export interface ApiKeySettings {
  readonly description: string | undefined;
  /** CIDR networks and addresses; empty allows any. If they are unreadable, the key must be rejected everywhere. */
  readonly allowedNetworks: readonly string[] | 'unreadable';
}
export interface ApiKeyDetail extends ApiKeySettings {
  /** The id of the key that it replaced. */
  readonly replaces: string | undefined;
  /** The stored time when the key was last restored. It then belongs to the membership of that time. */
  readonly restoredAt: unknown;
  readonly lastUsedVia: ApiKeyDoor | undefined;
  /** The network that the key was last used from, `/24` or `/48`. */
  readonly lastUsedFrom: string | undefined;
}

/** The current details of a key by its id. Look-ups in the same turn of the event loop share one statement. */
export async function findApiKeyDetail(reader: LiveReader, keyId: string): Promise<ApiKeyDetail> {
  if (stryMutAct_9fa48("3824")) {
    {}
  } else {
    stryCov_9fa48("3824");
    return toApiKeyDetail(stryMutAct_9fa48("3825") ? (await reader.find(API_KEY_DETAIL_OBJECT, keyId))[0] && {} : (stryCov_9fa48("3825"), (await reader.find(API_KEY_DETAIL_OBJECT, keyId))[0] ?? {}));
  }
}

/** The details to write with a new key. */
export interface NewApiKeyDetail extends ApiKeySettings {
  readonly id: string;
  readonly replaces: string | undefined;
}

/**
 * Writes the details of keys, in the transaction that writes the keys. It uses the driver because a use of the
 * key may have created the row already, and the engine cannot express "insert or update".
 */
export async function writeApiKeyDetails(engine: Pick<DataEngine, 'getDriverForObject'>, details: readonly NewApiKeyDetail[], transaction: Transaction): Promise<void> {
  if (stryMutAct_9fa48("3826")) {
    {}
  } else {
    stryCov_9fa48("3826");
    if (stryMutAct_9fa48("3829") ? details.length !== 0 : stryMutAct_9fa48("3828") ? false : stryMutAct_9fa48("3827") ? true : (stryCov_9fa48("3827", "3828", "3829"), details.length === 0)) return;
    const driver = engine.getDriverForObject(API_KEY_DETAIL_OBJECT) as SqlDriver;
    await driver.execute(stryMutAct_9fa48("3830") ? `` : (stryCov_9fa48("3830"), `INSERT INTO ${API_KEY_DETAIL_OBJECT} (id, description, allowed_networks, replaces)
     VALUES ${details.map(stryMutAct_9fa48("3831") ? () => undefined : (stryCov_9fa48("3831"), () => stryMutAct_9fa48("3832") ? "" : (stryCov_9fa48("3832"), '(?, ?, ?, ?)'))).join(stryMutAct_9fa48("3833") ? "" : (stryCov_9fa48("3833"), ', '))}
     ON CONFLICT (id) DO UPDATE SET description = excluded.description,
     allowed_networks = excluded.allowed_networks, replaces = excluded.replaces`), details.flatMap(stryMutAct_9fa48("3834") ? () => undefined : (stryCov_9fa48("3834"), ({
      id,
      description,
      allowedNetworks,
      replaces
    }) => stryMutAct_9fa48("3835") ? [] : (stryCov_9fa48("3835"), [id, stryMutAct_9fa48("3836") ? description && null : (stryCov_9fa48("3836"), description ?? null), storedNetworks(allowedNetworks), stryMutAct_9fa48("3837") ? replaces && null : (stryCov_9fa48("3837"), replaces ?? null)]))), stryMutAct_9fa48("3838") ? {} : (stryCov_9fa48("3838"), {
      transaction
    }));
  }
}

/** Changes what the owner of a key says of it, and nothing else of its row, which may not be there yet. */
export async function writeApiKeySettings(engine: Pick<DataEngine, 'getDriverForObject'>, transaction: Transaction, keyId: string, {
  description,
  allowedNetworks
}: ApiKeySettings): Promise<void> {
  if (stryMutAct_9fa48("3839")) {
    {}
  } else {
    stryCov_9fa48("3839");
    const driver = engine.getDriverForObject(API_KEY_DETAIL_OBJECT) as SqlDriver;
    await driver.execute(stryMutAct_9fa48("3840") ? `` : (stryCov_9fa48("3840"), `INSERT INTO ${API_KEY_DETAIL_OBJECT} (id, description, allowed_networks) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET description = excluded.description, allowed_networks = excluded.allowed_networks`), stryMutAct_9fa48("3841") ? [] : (stryCov_9fa48("3841"), [keyId, stryMutAct_9fa48("3842") ? description && null : (stryCov_9fa48("3842"), description ?? null), storedNetworks(allowedNetworks)]), stryMutAct_9fa48("3843") ? {} : (stryCov_9fa48("3843"), {
      transaction
    }));
  }
}

/** Also what could not be read is written as a text, which nobody can read either. */
function storedNetworks(networks: ApiKeySettings['allowedNetworks']): string | null {
  if (stryMutAct_9fa48("3844")) {
    {}
  } else {
    stryCov_9fa48("3844");
    return (stryMutAct_9fa48("3847") ? networks.length !== 0 : stryMutAct_9fa48("3846") ? false : stryMutAct_9fa48("3845") ? true : (stryCov_9fa48("3845", "3846", "3847"), networks.length === 0)) ? null : JSON.stringify(networks);
  }
}

/**
 * Records that a key was restored. The key then belongs to the current membership of its owner even if it is
 * older, and does not count as unused since its last use.
 *
 * @param at milliseconds since 1970.
 */
export async function noteRestored(engine: Pick<DataEngine, 'getDriverForObject'>, transaction: Transaction, keyId: string, at: number): Promise<void> {
  if (stryMutAct_9fa48("3848")) {
    {}
  } else {
    stryCov_9fa48("3848");
    const driver = engine.getDriverForObject(API_KEY_DETAIL_OBJECT) as SqlDriver;
    await driver.execute(stryMutAct_9fa48("3849") ? `` : (stryCov_9fa48("3849"), `INSERT INTO ${API_KEY_DETAIL_OBJECT} (id, restored_at) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET restored_at = excluded.restored_at`), stryMutAct_9fa48("3850") ? [] : (stryCov_9fa48("3850"), [keyId, new Date(at).toISOString()]), stryMutAct_9fa48("3851") ? {} : (stryCov_9fa48("3851"), {
      transaction
    }));
  }
}

/** Reads the details from a row of the engine or the driver. For a key without a row, pass `{}`. */
export function toApiKeyDetail(row: Row): ApiKeyDetail {
  if (stryMutAct_9fa48("3852")) {
    {}
  } else {
    stryCov_9fa48("3852");
    const {
      last_used_via: via,
      last_used_from: from
    } = row;
    return stryMutAct_9fa48("3853") ? {} : (stryCov_9fa48("3853"), {
      description: textOf(row[stryMutAct_9fa48("3854") ? "" : (stryCov_9fa48("3854"), 'description')]),
      allowedNetworks: readNetworks(row[stryMutAct_9fa48("3855") ? "" : (stryCov_9fa48("3855"), 'allowed_networks')]),
      replaces: textOf(row[stryMutAct_9fa48("3856") ? "" : (stryCov_9fa48("3856"), 'replaces')]),
      restoredAt: row[stryMutAct_9fa48("3857") ? "" : (stryCov_9fa48("3857"), 'restored_at')],
      lastUsedVia: isKnownVia(via) ? via : undefined,
      lastUsedFrom: textOf(from)
    });
  }
}
function textOf(value: unknown): string | undefined {
  if (stryMutAct_9fa48("3858")) {
    {}
  } else {
    stryCov_9fa48("3858");
    return (stryMutAct_9fa48("3861") ? typeof value === 'string' || value !== '' : stryMutAct_9fa48("3860") ? false : stryMutAct_9fa48("3859") ? true : (stryCov_9fa48("3859", "3860", "3861"), (stryMutAct_9fa48("3863") ? typeof value !== 'string' : stryMutAct_9fa48("3862") ? true : (stryCov_9fa48("3862", "3863"), typeof value === (stryMutAct_9fa48("3864") ? "" : (stryCov_9fa48("3864"), 'string')))) && (stryMutAct_9fa48("3866") ? value === '' : stryMutAct_9fa48("3865") ? true : (stryCov_9fa48("3865", "3866"), value !== (stryMutAct_9fa48("3867") ? "Stryker was here!" : (stryCov_9fa48("3867"), '')))))) ? value : undefined;
  }
}
function isKnownVia(value: unknown): value is ApiKeyDoor {
  if (stryMutAct_9fa48("3868")) {
    {}
  } else {
    stryCov_9fa48("3868");
    return VIAS.has(value);
  }
}
function readNetworks(value: unknown): readonly string[] | 'unreadable' {
  if (stryMutAct_9fa48("3869")) {
    {}
  } else {
    stryCov_9fa48("3869");
    if (stryMutAct_9fa48("3872") ? value === undefined && value === null : stryMutAct_9fa48("3871") ? false : stryMutAct_9fa48("3870") ? true : (stryCov_9fa48("3870", "3871", "3872"), (stryMutAct_9fa48("3874") ? value !== undefined : stryMutAct_9fa48("3873") ? false : (stryCov_9fa48("3873", "3874"), value === undefined)) || (stryMutAct_9fa48("3876") ? value !== null : stryMutAct_9fa48("3875") ? false : (stryCov_9fa48("3875", "3876"), value === null)))) return stryMutAct_9fa48("3877") ? ["Stryker was here"] : (stryCov_9fa48("3877"), []);
    try {
      if (stryMutAct_9fa48("3878")) {
        {}
      } else {
        stryCov_9fa48("3878");
        const parsed: unknown = JSON.parse(value as string);
        if (stryMutAct_9fa48("3881") ? Array.isArray(parsed) || parsed.every(network => typeof network === 'string') : stryMutAct_9fa48("3880") ? false : stryMutAct_9fa48("3879") ? true : (stryCov_9fa48("3879", "3880", "3881"), Array.isArray(parsed) && (stryMutAct_9fa48("3882") ? parsed.some(network => typeof network === 'string') : (stryCov_9fa48("3882"), parsed.every(stryMutAct_9fa48("3883") ? () => undefined : (stryCov_9fa48("3883"), network => stryMutAct_9fa48("3886") ? typeof network !== 'string' : stryMutAct_9fa48("3885") ? false : stryMutAct_9fa48("3884") ? true : (stryCov_9fa48("3884", "3885", "3886"), typeof network === (stryMutAct_9fa48("3887") ? "" : (stryCov_9fa48("3887"), 'string'))))))))) return parsed;
      }
    } catch {
      // Not written by this plugin.
    }
    return stryMutAct_9fa48("3888") ? "" : (stryCov_9fa48("3888"), 'unreadable');
  }
}