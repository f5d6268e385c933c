// @ts-nocheck
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import type { Database, Lab } from './database.ts';

export async function sqliteLab(): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-bench-'));
  let files = 0;
  const next = (): SqliteDatabase => new SqliteDatabase(join(folder, `${files++}.db`));
  return {
    engine: 'SQLite',
    createEmpty: async () => next(),
    async copy(of) {
      if (!(of instanceof SqliteDatabase)) throw new TypeError('not a database of this lab');
      of.checkpoint();
      const copy = next();
      await copyFile(of.filename, copy.filename);
      return copy;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export class SqliteDatabase implements Database {
  readonly filename: string;

  constructor(filename: string) {
    this.filename = filename;
  }

  get url(): string {
    return `file:${this.filename}`;
  }

  /** Moves what is in the write-ahead log into the file itself. */
  checkpoint(): void {
    this.open((database) => database.pragma('wal_checkpoint(TRUNCATE)'));
  }

  async countKeys(): Promise<number> {
    return this.open((database) => {
      const row = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM sys_api_key').get();
      return row?.n ?? 0;
    });
  }

  async countHashes(hashes: readonly string[]): Promise<number> {
    return this.open((database) => {
      const byHash = database.prepare('SELECT 1 FROM sys_api_key WHERE key = ?');
      return hashes.filter((hash) => byHash.get(hash) !== undefined).length;
    });
  }

  /** Opens the file from this process, beside a target that has it open. */
  open<T>(use: (database: SQLite.Database) => T): T {
    const database = new SQLite(this.filename, { fileMustExist: true });
    try {
      return use(database);
    } finally {
      database.close();
    }
  }
}
