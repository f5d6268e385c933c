// @ts-nocheck
import type { EngineMiddleware, MiddlewareEngine } from '../middleware.ts';
import { isRecord } from './clause-names.ts';
import { isCredentialObject } from './credential-objects.ts';
import type { ObjectProtections, ObjectRegistry } from './object-protection.ts';

/** The columns into which the platform's audit plugin copies every written record. */
interface RecordedRow {
  readonly object_name?: unknown;
}

/** Objects that never appear in an activity feed. */
const NOT_IN_THE_FEED = 'sys_api_key';
/** Tables of credentials whose rows the audit trail may name. Unlike the id of an invitation, their ids are not secret. */
const NAMED_IN_THE_TRAIL = 'sys_session';

/**
 * The platform's audit plugin copies every written record into two tables that more people may read: the trail
 * `sys_audit_log` and the feed `sys_activity`. This removes protected values from the copies. For a table of
 * credentials, the trail records only that something happened, and the feed records nothing.
 */
export function protectRecordedValues(
  engine: MiddlewareEngine,
  protections: ObjectProtections,
  registry: Pick<ObjectRegistry, 'getObject'>,
): void {
  const isCredential = ({ object_name: name }: RecordedRow): boolean =>
    typeof name === 'string' && isCredentialObject(name, registry.getObject(name));
  const open = (row: Row, record: unknown): Row | null => {
    if (!isRecord(record) || typeof row['object_name'] !== 'string') return null;
    const { isProtected } = protections.of(row['object_name']);
    return Object.fromEntries(Object.entries(record).filter(([field]) => !isProtected(field)));
  };
  const openValue = (row: Row, column: string): string | null => textOf(open(row, parse(row[column])));
  const trail = (row: Row): Row => ({
    ...row,
    ...(isCredential(row)
      ? { old_value: null, new_value: null, ...(row['object_name'] !== NAMED_IN_THE_TRAIL && { record_id: null }) }
      : { old_value: openValue(row, 'old_value'), new_value: openValue(row, 'new_value') }),
  });
  const feed = (row: Row): Row | undefined => {
    if (isCredential(row) || row['object_name'] === NOT_IN_THE_FEED) return undefined;
    const states = parse(row['metadata']);
    return {
      ...row,
      metadata: isRecord(states) ? textOf({ old: open(row, states['old']), new: open(row, states['new']) }) : null,
    };
  };

  engine.registerMiddleware(rewriting(trail), { object: 'sys_audit_log' });
  engine.registerMiddleware(rewriting(feed), { object: 'sys_activity' });
}

type Row = Record<string, unknown>;

/** @param rewrite returns the row to write, or `undefined` to skip it. */
function rewriting(rewrite: (row: Row) => Row | undefined): EngineMiddleware {
  return async (operation, next) => {
    const { data } = operation;
    if (operation.operation === 'insert' && Array.isArray(data)) {
      const rows = data.flatMap((row: Row) => rewrite(row) ?? []);
      operation.data = rows;
      if (rows.length === 0) operation.result = [];
      else await next();
    } else if (operation.operation === 'insert' && isRecord(data)) {
      const row = rewrite(data);
      operation.data = row;
      if (row === undefined) operation.result = data;
      else await next();
    } else await next();
  };
}

/** Text that is not JSON is not copied. */
function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

function textOf(record: Row | null): string | null {
  return record === null ? null : JSON.stringify(record);
}
