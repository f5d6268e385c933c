// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import pg from 'pg';

interface SessionRow {
  readonly user_id: string;
  readonly active_organization_id: string;
  readonly expires_at: string | number;
}

export interface NewKey extends SessionRow {
  readonly name: string;
  readonly hash: string;
  readonly prefix: string;
}

/** The three statements of the floor, on a database that a platform kernel created. */
export interface FloorDatabase {
  /** What the database says of how it commits. */
  readonly commits: string;
  session(token: string): SessionRow | undefined | Promise<SessionRow | undefined>;
  isMember(userId: string, organizationId: string): boolean | Promise<boolean>;
  /** Inserts and commits, synced. Gives back the id. */
  insert(key: NewKey): string | Promise<string>;
  /** The same for several keys with one commit. */
  insertAll(keys: readonly NewKey[]): Promise<string[]>;
}

/** Connections of the pool: what the platform's own pool has. */
const POOL_SIZE = 10;

const SESSION = 'SELECT user_id, active_organization_id, expires_at FROM sys_session WHERE token = $1';
const MEMBER = 'SELECT 1 FROM sys_member WHERE user_id = $1 AND organization_id = $2';
const INSERT = `INSERT INTO sys_api_key
  (id, name, prefix, user_id, active_organization_id, revoked, key, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`;

export async function openFloor(databaseUrl: string): Promise<FloorDatabase> {
  return databaseUrl.startsWith('file:') ? openSqlite(databaseUrl.slice('file:'.length)) : openPostgres(databaseUrl);
}

function openSqlite(filename: string): FloorDatabase {
  const database = new SQLite(filename, { fileMustExist: true });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  // better-sqlite3 takes numbered parameters as named ones.
  const numbered = (sql: string): string => sql.replace(/\$(\d)/g, '@p$1');
  const session = database.prepare<{ p1: string }, SessionRow>(numbered(SESSION));
  const member = database.prepare<{ p1: string; p2: string }, unknown>(numbered(MEMBER));
  const insert = database.prepare(numbered(INSERT));
  const insertOne = ({ name, hash, prefix, user_id, active_organization_id }: NewKey): string => {
    const id = randomUUID();
    const now = new Date().toISOString();
    insert.run({
      p1: id,
      p2: name,
      p3: prefix,
      p4: user_id,
      p5: active_organization_id,
      p6: 0,
      p7: hash,
      p8: now,
    });
    return id;
  };
  const insertMany = database.transaction((keys: readonly NewKey[]) => keys.map(insertOne));
  return {
    commits: String(database.pragma('synchronous', { simple: true })),
    session: (token) => session.get({ p1: token }),
    isMember: (userId, organizationId) => member.get({ p1: userId, p2: organizationId }) !== undefined,
    insert: insertOne,
    insertAll: async (keys) => insertMany.immediate(keys),
  };
}

async function openPostgres(connectionString: string): Promise<FloorDatabase> {
  const pool = new pg.Pool({ connectionString, max: POOL_SIZE });
  const { rows } = await pool.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
  return {
    commits: rows[0]?.synchronous_commit ?? 'unknown',
    async session(token) {
      const found = await pool.query<SessionRow>({ name: 'session', text: SESSION, values: [token] });
      return found.rows[0];
    },
    async isMember(userId, organizationId) {
      const found = await pool.query({ name: 'member', text: MEMBER, values: [userId, organizationId] });
      return found.rows.length > 0;
    },
    insert: (key) => insertOne(pool, key),
    async insertAll(keys) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const ids = await Promise.all(keys.map((key) => insertOne(client, key)));
        await client.query('COMMIT');
        return ids;
      } finally {
        client.release();
      }
    },
  };
}

async function insertOne(
  client: Pick<pg.Pool, 'query'>,
  { name, hash, prefix, user_id, active_organization_id }: NewKey,
): Promise<string> {
  const id = randomUUID();
  const values = [id, name, prefix, user_id, active_organization_id, false, hash, new Date()];
  await client.query({ name: 'insert', text: INSERT, values });
  return id;
}
