import type { EngineMiddleware, MiddlewareEngine } from '../middleware.ts';
import { isRecord } from './clause-names.ts';
import { isCredentialObject } from './credential-objects.ts';
import type { ObjectProtections, ObjectRegistry } from './object-protection.ts';

/** What the platform's audit plugin copies from every record that is written. */
interface RecordedRow {
  readonly object_name?: unknown;
}

/** The feed of an application has nothing to say about them. */
const NOT_IN_THE_FEED = 'sys_api_key';
/** A credential table of which the trail names rows: its ids sign nobody in, as the id of an invitation does. */
const NAMED_IN_THE_TRAIL = 'sys_session';

/**
 * The platform's audit plugin copies every record that is written into two tables that more people may read
 * than the record: a trail, `sys_audit_log`, and a feed, `sys_activity`. Here what is protected in a record is
 * taken out of its copies. Of credentials the trail says that something happened, and the feed nothing.
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

/** @param rewrite a row, or `undefined` for one that is not to be written. */
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

/** What is no JSON is copied as nothing. */
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
