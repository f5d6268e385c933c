// @ts-nocheck
import { SqlDriver } from '@objectstack/driver-sql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let admin: Person;
let other: SqlDriver;

beforeAll(async () => {
  target = await bootKernel({ database: 'sqlite', config: { databaseTimeoutMs: 500 } });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  if (target.database.driver !== 'sqlite') throw new Error('not SQLite');
  other = new SqlDriver({
    client: 'better-sqlite3',
    connection: { filename: target.database.filename },
    useNullAsDefault: true,
  });
});
afterAll(async () => {
  await other.disconnect();
  await target[Symbol.asyncDispose]();
});

const FAULTS = [
  {
    fault: 'has no room left',
    // As on a full disk, SQLite answers SQLITE_FULL to whoever needs another page.
    async begin() {
      const [size] = await target.sql('PRAGMA page_count');
      await target.sql(`PRAGMA max_page_count = ${Number(size?.['page_count'])}`);
    },
    end: () => target.sql('PRAGMA max_page_count = 1073741823'),
  },
  {
    fault: 'is read-only',
    begin: () => target.sql('PRAGMA query_only = ON'),
    end: () => target.sql('PRAGMA query_only = OFF'),
  },
  {
    fault: 'is locked by another process',
    begin: () => other.execute('BEGIN IMMEDIATE'),
    end: () => other.execute('ROLLBACK'),
  },
];

describe.each([
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const)('through %s', (_door, connect) => {
  it.each(FAULTS)(
    'while the SQLite file $fault, requests get 503 and write nothing; then service returns',
    async ({ begin, end }) => {
      const endpoint = connect(target);
      const before = await target.storedKeys();
      const refused = [];
      let written = 0;
      await begin();
      try {
        // On a full disk a few rows may still fit into pages that have room.
        for (let i = 0; i < 200 && refused.length < 3; i++) {
          const answer = await endpoint.mint(bearer(admin.token), { name: 'x'.repeat(255) });
          if (answer.key === undefined) refused.push(answer);
          else written++;
        }
      } finally {
        await end();
      }
      expect(refused).toHaveLength(3);
      for (const { status, code, headers } of refused) {
        expect({ status, code }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(await target.storedKeys()).toHaveLength(before.length + written);

      const { key = '' } = await endpoint.mint(bearer(admin.token), { name: 'returned' });
      const used = await target.request('/api/v1/data/sys_api_key?limit=1', { headers: { 'x-api-key': key } });
      expect(used.status).toBe(200);
    },
  );
});
