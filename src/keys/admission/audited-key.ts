import { currentRequest } from '../../http/request-scope.ts';
import type { HookContext, HookEngine } from '../../platform/engine.ts';
import { AUDIT_LOG_OBJECT } from '../record/audit-trail.ts';
import { currentKey } from './current-key.ts';

/** Before the hooks of other plugins, which have a priority of 100 unless they say otherwise. */
const FIRST = 0;

/**
 * Lets the platform's audit trail say with which key a program wrote a record. The row names the
 * person, whose rights they were; the key beside them says which of their programs it was.
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
