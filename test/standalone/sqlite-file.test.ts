import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/standalone/database.ts';
import { bootKernel } from '../support/kernel.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

it('the database of a running server can be read by nobody else, whatever the umask', async () => {
  const before = process.umask(0);
  const filename = join(folder, 'new', 'objectstack.db');
  try {
    await using target = await bootKernel({
      database: 'sqlite',
      config: { database: { driver: 'sqlite', filename } },
    });
    expect(await target.storedKeys()).toEqual([]);
    for (const file of [filename, `${filename}-wal`, `${filename}-shm`]) expect(await modeOf(file)).toBe('600');
    expect(await modeOf(dirname(filename))).toBe('700');
  } finally {
    process.umask(before);
  }
});

it('a file that others can read is taken from them, and its folder is left alone', async () => {
  const filename = join(folder, 'open.db');
  await chmod(folder, 0o755);
  for (const file of [filename, `${filename}-wal`]) {
    await writeFile(file, '', { mode: 0o644 });
    await chmod(file, 0o644);
  }
  await openDatabase({ driver: 'sqlite', filename }, 1000);
  expect([await modeOf(filename), await modeOf(`${filename}-wal`)]).toEqual(['600', '600']);
  expect(await modeOf(folder)).toBe('755');
});

it('a file that cannot be made is refused by the name of its variable', async () => {
  const filename = join(folder, 'open.db', 'below-a-file.db');
  await expect(openDatabase({ driver: 'sqlite', filename }, 1000)).rejects.toThrow(/DATABASE_URL .*\(E[A-Z]+\)/);
});
