// @ts-nocheck
// 
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel } from '../support/kernel.ts';
import { TestPostgres } from '../support/postgres.ts';

let postgres: TestPostgres;
let folder: string;

beforeAll(async () => {
  const tls = await certificate();
  postgres = await TestPostgres.start({ tls });
  folder = await mkdtemp(join(tmpdir(), 'tls-'));
  await writeFile(join(folder, 'server.pem'), tls.cert);
  await writeFile(join(folder, 'other.pem'), (await certificate()).cert);
});
afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('the TLS parameters of DATABASE_URL', () => {
  it('verify-full with the root certificate of the server: every connection is encrypted', async () => {
    await using target = await bootOn(`sslmode=verify-full&sslrootcert=${folder}/server.pem`);
    expect(await target.sql('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toEqual([{ ssl: true }]);
  });

  it.each([
    ['another root certificate', () => `sslmode=verify-full&sslrootcert=${folder}/other.pem`],
    ['no root certificate', () => 'sslmode=verify-full'],
  ])('verify-full with %s: the server does not start', async (_case, parameters) => {
    await expect(bootOn(parameters())).rejects.toThrow(/self-signed|certificate/);
  });

  it('none: the connection is not encrypted', async () => {
    await using target = await bootOn('');
    expect(await target.sql('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toEqual([{ ssl: false }]);
  });
});

function bootOn(parameters: string): ReturnType<typeof bootKernel> {
  const url = `${postgres.url}?${parameters}`;
  return bootKernel({ database: 'postgres', config: { database: { driver: 'postgres', url, poolSize: 3 } } });
}

function certificate(): Promise<{ cert: string; private: string }> {
  return generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
}
