// @ts-nocheck
import type { Person, Platform } from '../../platform/platform.ts';
import { heldScopes } from '../mint/held-scopes.ts';
import { CAPABILITY_SCOPES } from '../record/ceiling.ts';

/** A scope that somebody may put on a key. */
export interface AvailableScope {
  readonly name: string;
  /** A capability may go on any key; a permission set must be held. */
  readonly kind: 'CAPABILITY' | 'PERMISSION_SET';
  readonly label: string;
  readonly description: string | undefined;
}

const CAPABILITIES: Readonly<Record<string, Pick<AvailableScope, 'label' | 'description'>>> = {
  'data:read': { label: 'Read data', description: 'Reads the records that its owner may read.' },
  'data:write': {
    label: 'Read and write data',
    description: 'Reads, creates, changes and deletes the records that its owner may.',
  },
  'actions:execute': {
    label: 'Run actions',
    description: 'Runs the business actions that its owner may run. Reads and writes no records by itself.',
  },
};

/** What somebody may put on a key now: the capabilities first, then the permission sets that they hold. */
export async function availableScopes(
  platform: Pick<Platform, 'permissionSetsOf' | 'engine' | 'inTime'>,
  person: Person,
): Promise<AvailableScope[]> {
  const held = await heldScopes(platform, person);
  const capabilities = CAPABILITY_SCOPES.map(
    (name): AvailableScope => ({
      name,
      kind: 'CAPABILITY',
      label: name,
      description: undefined,
      ...CAPABILITIES[name],
    }),
  );
  if (held.length === 0) return capabilities;
  const where = { name: { $in: held } };
  const rows = await platform.inTime(() =>
    platform.engine.find('sys_permission_set', { where, limit: 1000, context: { isSystem: true } }),
  );
  const found = new Map(rows.map((row) => [row['name'], row]));
  return [
    ...capabilities,
    ...held.map((name): AvailableScope => {
      const row = found.get(name);
      const label = textOf(row?.['label']) ?? name;
      return { name, kind: 'PERMISSION_SET', label, description: textOf(row?.['description']) };
    }),
  ];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
