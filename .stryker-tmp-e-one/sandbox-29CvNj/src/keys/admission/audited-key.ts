// @ts-nocheck
import { currentRequest } from '../../http/request-scope.ts';
import type { HookContext, HookEngine } from '../../platform/engine.ts';
import { AUDIT_LOG_OBJECT } from '../record/audit-trail.ts';
import { currentKey } from './current-key.ts';

/** Before the hooks of other plugins, which have a priority of 100 unless they say otherwise. */
const FIRST = 0;

/**
 * Adds the key to the rows of the platform's audit trail. A row names the person whose rights were used;
 * the key shows which of their programs wrote the record.
 */
export function nameKeysInAudit(engine: HookEngine): void {
  engine.registerHook('beforeInsert', nameKey, { object: AUDIT_LOG_OBJECT, priority: FIRST });
}

function nameKey({ input }: HookContext): void {
  const key = currentKey();
  const row = input?.data;
  if (key === undefined || row === undefined) return;
  const request = currentRequest();
  row['ip_address'] ??= request?.address ?? null;
  row['metadata'] = JSON.stringify({
    ...parsed(row['metadata']),
    api_key: key.id,
    api_key_prefix: key.prefix,
    request_id: request?.id,
  });
}

function parsed(metadata: unknown): object {
  if (typeof metadata !== 'string') return {};
  try {
    const value: unknown = JSON.parse(metadata);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
