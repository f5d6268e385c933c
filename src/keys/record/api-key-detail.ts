import { Field, ObjectSchema } from '@objectstack/spec/data';
import type { DataEngine, Row, SqlDriver, Transaction } from '../../platform/engine.ts';
import type { LiveReader } from '../../platform/live-reader.ts';

export const API_KEY_DETAIL_OBJECT = 'sys_api_key_detail';

/** Where in the kernel a key was used. */
export type ApiKeyDoor = 'DATA' | 'MCP' | 'GRAPHQL' | 'OTHER';

const VIAS: ReadonlySet<unknown> = new Set<ApiKeyDoor>(['DATA', 'MCP', 'GRAPHQL', 'OTHER']);

/**
 * What is known of a key beyond the columns of the platform's table, under the id of the key. A table
 * of its own: extending `sys_api_key` would bring columns that change who may see its rows. A key that
 * has no row here, such as one that the platform minted before this plugin was there, has no limits
 * of its own.
 */
export const apiKeyDetailObject = ObjectSchema.create({
  name: API_KEY_DETAIL_OBJECT,
  label: 'API key detail',
  pluralLabel: 'API key details',
  isSystem: true,
  managedBy: 'engine-owned',
  access: { default: 'private' },
  description:
    'Details of an API key that its record has no columns for. Only the API keys plugin reads and writes it.',
  fields: {
    id: Field.text({ label: 'Id of the key', required: true, readonly: true }),
    description: Field.text({ label: 'Description', readonly: true, maxLength: 1000 }),
    allowed_networks: Field.textarea({ label: 'Allowed networks, a JSON array', readonly: true }),
    replaces: Field.text({ label: 'Id of the key that it replaces', readonly: true, maxLength: 64 }),
    restored_at: Field.datetime({ label: 'When it was last restored', readonly: true }),
    last_used_via: Field.text({ label: 'Last used via', readonly: true, maxLength: 16 }),
    last_used_from: Field.text({ label: 'Network that it was last used from', readonly: true, maxLength: 64 }),
  },
  indexes: [{ fields: ['replaces'] }],
  enable: { apiEnabled: false, trackHistory: false, searchable: false },
});

/** What the owner of a key says of it beside its record. */
export interface ApiKeySettings {
  readonly description: string | undefined;
  /** CIDR networks and addresses; empty: from anywhere. Whoever cannot read them must admit nobody. */
  readonly allowedNetworks: readonly string[] | 'unreadable';
}

export interface ApiKeyDetail extends ApiKeySettings {
  /** The id of the key that it took the place of. */
  readonly replaces: string | undefined;
  /** When it was last restored, as it is stored: on purpose, and so for the membership that its owner had then. */
  readonly restoredAt: unknown;
  readonly lastUsedVia: ApiKeyDoor | undefined;
  /** The network that it was last used from, `/24` or `/48`. */
  readonly lastUsedFrom: string | undefined;
}

/** The detail of a key by its id, live. Look-ups of the same turn of the event loop share one statement. */
export async function findApiKeyDetail(reader: LiveReader, keyId: string): Promise<ApiKeyDetail> {
  return toApiKeyDetail((await reader.find(API_KEY_DETAIL_OBJECT, keyId))[0] ?? {});
}

/** A detail to be written with a new key. */
export interface NewApiKeyDetail extends ApiKeySettings {
  readonly id: string;
  readonly replaces: string | undefined;
}

/**
 * Writes what belongs to keys beside their records, as a part of the transaction that writes those. By the
 * driver: a use may have made the row already, and the engine has no words for "insert or update".
 */
export async function writeApiKeyDetails(
  engine: Pick<DataEngine, 'getDriverForObject'>,
  details: readonly NewApiKeyDetail[],
  transaction: Transaction,
): Promise<void> {
  if (details.length === 0) return;
  const driver = engine.getDriverForObject(API_KEY_DETAIL_OBJECT) as SqlDriver;
  await driver.execute(
    `INSERT INTO ${API_KEY_DETAIL_OBJECT} (id, description, allowed_networks, replaces)
     VALUES ${details.map(() => '(?, ?, ?, ?)').join(', ')}
     ON CONFLICT (id) DO UPDATE SET description = excluded.description,
     allowed_networks = excluded.allowed_networks, replaces = excluded.replaces`,
    details.flatMap(({ id, description, allowedNetworks, replaces }) => [
      id,
      description ?? null,
      storedNetworks(allowedNetworks),
      replaces ?? null,
    ]),
    { transaction },
  );
}

/** Changes what the owner of a key says of it, and nothing else of its row, which may not be there yet. */
export async function writeApiKeySettings(
  engine: Pick<DataEngine, 'getDriverForObject'>,
  transaction: Transaction,
  keyId: string,
  { description, allowedNetworks }: ApiKeySettings,
): Promise<void> {
  const driver = engine.getDriverForObject(API_KEY_DETAIL_OBJECT) as SqlDriver;
  await driver.execute(
    `INSERT INTO ${API_KEY_DETAIL_OBJECT} (id, description, allowed_networks) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET description = excluded.description, allowed_networks = excluded.allowed_networks`,
    [keyId, description ?? null, storedNetworks(allowedNetworks)],
    { transaction },
  );
}

/** Also what could not be read is written as a text, which nobody can read either. */
function storedNetworks(networks: ApiKeySettings['allowedNetworks']): string | null {
  return networks.length === 0 ? null : JSON.stringify(networks);
}

/**
 * Records that a key was restored: it belongs to the present membership of its owner, although it may be
 * older, and is not a key that nobody has thought of since it was last used.
 *
 * @param at milliseconds since 1970.
 */
export async function noteRestored(
  engine: Pick<DataEngine, 'getDriverForObject'>,
  transaction: Transaction,
  keyId: string,
  at: number,
): Promise<void> {
  const driver = engine.getDriverForObject(API_KEY_DETAIL_OBJECT) as SqlDriver;
  await driver.execute(
    `INSERT INTO ${API_KEY_DETAIL_OBJECT} (id, restored_at) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET restored_at = excluded.restored_at`,
    [keyId, new Date(at).toISOString()],
    { transaction },
  );
}

/** The detail in a row, as the engine or the driver returns it; that of a key without a row is `{}`. */
export function toApiKeyDetail(row: Row): ApiKeyDetail {
  const { last_used_via: via, last_used_from: from } = row;
  return {
    description: textOf(row['description']),
    allowedNetworks: readNetworks(row['allowed_networks']),
    replaces: textOf(row['replaces']),
    restoredAt: row['restored_at'],
    lastUsedVia: isKnownVia(via) ? via : undefined,
    lastUsedFrom: textOf(from),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isKnownVia(value: unknown): value is ApiKeyDoor {
  return VIAS.has(value);
}

function readNetworks(value: unknown): readonly string[] | 'unreadable' {
  if (value === undefined || value === null) return [];
  try {
    const parsed: unknown = JSON.parse(value as string);
    if (Array.isArray(parsed) && parsed.every((network) => typeof network === 'string')) return parsed;
  } catch {
    // Not written by this plugin.
  }
  return 'unreadable';
}
