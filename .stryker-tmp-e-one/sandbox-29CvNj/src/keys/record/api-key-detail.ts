// @ts-nocheck
import { Field, ObjectSchema } from '@objectstack/spec/data';
import type { DataEngine, Row, SqlDriver, Transaction } from '../../platform/engine.ts';
import type { LiveReader } from '../../platform/live-reader.ts';

export const API_KEY_DETAIL_OBJECT = 'sys_api_key_detail';

/** The API that a key was used with. */
export type ApiKeyDoor = 'DATA' | 'MCP' | 'GRAPHQL' | 'OTHER';

const VIAS: ReadonlySet<unknown> = new Set<ApiKeyDoor>(['DATA', 'MCP', 'GRAPHQL', 'OTHER']);

/**
 * The details of a key that the platform's table has no columns for, by the id of the key. This is a
 * separate table because extending `sys_api_key` would add columns that change who may see its rows. A key
 * without a row here, such as one from before this plugin was installed, has no additional limits.
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
  return toApiKeyDetail((await reader.find(API_KEY_DETAIL_OBJECT, keyId))[0] ?? {});
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
 * Records that a key was restored. The key then belongs to the current membership of its owner even if it is
 * older, and does not count as unused since its last use.
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

/** Reads the details from a row of the engine or the driver. For a key without a row, pass `{}`. */
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
