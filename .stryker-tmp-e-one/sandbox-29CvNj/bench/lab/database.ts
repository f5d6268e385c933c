/** Where targets keep their data: fresh copies of one seeded database. */
// @ts-nocheck

export interface Lab extends AsyncDisposable {
  readonly engine: 'SQLite' | 'PostgreSQL';
  /** An empty database for the seed. */
  createEmpty(): Promise<Database>;
  /** A copy of a database that no process has open. */
  copy(of: Database): Promise<Database>;
}

export interface Database {
  readonly url: string;
  /** How many rows `sys_api_key` has. */
  countKeys(): Promise<number>;
  /** How many of these hashes have a row. */
  countHashes(hashes: readonly string[]): Promise<number>;
}
