// @ts-nocheck
// 
import type { Database, Statement } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { WatchedDriver } from './database-failures.ts';

/** How many statements a connection keeps. A batch of each size has its own text. */
const MAX_STATEMENTS = 300;
/** A longer text is rare, and would take too much memory. */
const MAX_LENGTH = 20_000;

/**
 * The platform's driver on SQLite, with prepared statements kept on the connection. knex prepares the same
 * text again for each query, which takes as long as many of them run. SQLite itself prepares a kept statement
 * again when the schema has changed.
 */
export class SqliteDriver extends WatchedDriver {
  constructor(filename: string) {
    super({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
    const { client } = this.knex;
    const open: () => Promise<Database> = client.acquireRawConnection;
    client.acquireRawConnection = async () => keepStatements(await open.call(client));
  }
}

/** Lets a connection prepare each text once. */
export function keepStatements(connection: Database): Database {
  const kept = new LRUCache<string, Statement>({ max: MAX_STATEMENTS });
  const prepare = connection.prepare.bind(connection);
  return Object.assign(connection, {
    prepare(sql: string): Statement {
      const known = kept.get(sql);
      // Somebody may still be reading rows from it.
      if (known !== undefined && !known.busy) return known.reader ? asNew(known) : known;
      const statement = prepare(sql);
      if (known === undefined && sql.length <= MAX_LENGTH) kept.set(sql, statement);
      return statement;
    },
  });
}

/** A caller that asked for integers of any size has changed the statement itself. */
function asNew(statement: Statement): Statement {
  return statement.safeIntegers(false);
}
