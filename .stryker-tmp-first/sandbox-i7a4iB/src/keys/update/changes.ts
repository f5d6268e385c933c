// @ts-nocheck
import type { Row } from '../../platform/engine.ts';
import type { UpdateApiKeyInput } from '../input/input.ts';
import type { ApiKey } from '../record/api-key.ts';
import type { ApiKeySettings } from '../record/api-key-detail.ts';

/** What an update writes; `undefined` where nothing of that table changes. */
export interface Changes {
  readonly columns: Row | undefined;
  /** All of them, with what stays as it is. */
  readonly settings: ApiKeySettings | undefined;
  /** Whether the key loses something: scopes, networks, or time. */
  readonly narrows: boolean;
}

/** What an update is called in events and in the audit trail. */
export function actionOf({ narrows }: Pick<Changes, 'narrows'>): 'narrow' | 'update' {
  return narrows ? 'narrow' : 'update';
}

/** What an update changes of a key. Scopes and networks in another order are the same. */
export function changesOf(key: ApiKey, settings: ApiKeySettings, asked: UpdateApiKeyInput): Changes {
  const columns: Row = {};
  const { name, scopes, expiresAt } = asked;
  if (name !== undefined && name !== key.name) columns['name'] = name;
  if (scopes !== undefined && !sameNames(scopes ?? [], key.scopes)) columns['scopes'] = JSON.stringify(scopes);
  if (expiresAt !== undefined && expiresAt?.getTime() !== key.expiresAt?.getTime()) {
    columns['expires_at'] = expiresAt?.toISOString() ?? null;
  }
  const description = asked.description === undefined ? settings.description : asked.description || undefined;
  const allowedNetworks =
    asked.allowedNetworks === undefined ? settings.allowedNetworks : (asked.allowedNetworks ?? []);
  const keepsNetworks = sameNames(allowedNetworks, settings.allowedNetworks);
  const isSame = description === settings.description && keepsNetworks;
  return {
    columns: Object.keys(columns).length === 0 ? undefined : columns,
    settings: isSame ? undefined : { description, allowedNetworks },
    narrows: !keepsNetworks || 'scopes' in columns || 'expires_at' in columns,
  };
}

function sameNames(some: readonly string[] | 'unreadable', others: readonly string[] | 'unreadable'): boolean {
  const written = (names: readonly string[] | 'unreadable'): string => JSON.stringify([...names].sort());
  return written(some) === written(others);
}
