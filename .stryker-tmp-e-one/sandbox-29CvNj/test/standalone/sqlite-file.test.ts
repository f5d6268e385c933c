// @ts-nocheck
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/standalone/database.ts';
import { prepareSqliteFile } from '../../src/standalone/sqlite-file.ts';
import { bootKernel } from '../support/kernel.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

it('other users cannot read the database of a running server, regardless of the umask', async () => {
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

it('a file that others can read is taken from them, and the folder of the operator is left alone with a warning', async () => {
  const filename = join(folder, 'open.db');
  await chmod(folder, 0o755);
  for (const file of [filename, `${filename}-wal`]) {
    await writeFile(file, '', { mode: 0o644 });
    await chmod(file, 0o644);
  }
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  await openDatabase({ driver: 'sqlite', filename }, 1000);
  expect(warn.mock.calls).toEqual([[expect.stringMatching(`can list the folder.*chmod 700 ${folder}`)]]);
  warn.mockRestore();
  expect([await modeOf(filename), await modeOf(`${filename}-wal`)]).toEqual(['600', '600']);
  expect(await modeOf(folder)).toBe('755');
});

it('a file that cannot be made is refused by the name of its variable', async () => {
  const filename = join(folder, 'open.db', 'below-a-file.db');
  await expect(openDatabase({ driver: 'sqlite', filename }, 1000)).rejects.toThrow(/DATABASE_URL .*\(E[A-Z]+\)/);
});

it.each([
  [0o700, undefined],
  [0o750, /can list the folder/],
  [0o777, /can replace the database/],
  [0o1777, /can list the folder/],
])('a folder of the operator with mode %o is judged by what others can do in it', async (mode, warning) => {
  const own = await mkdtemp(join(folder, 'mode-'));
  await chmod(own, mode);
  const said = await prepareSqliteFile(join(own, 'objectstack.db'));
  if (warning === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(warning);
  expect((await stat(own)).mode & 0o7777).toBe(mode);
});

it('the default folder is taken from others while it holds nothing but the database', async () => {
  const here = await mkdtemp(join(folder, 'start-'));
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(here);
  try {
    const data = join(here, 'data');
    await mkdir(data);
    await chmod(data, 0o755);
    const filename = 'data/objectstack.db';
    expect(await prepareSqliteFile(filename)).toBeUndefined();
    expect([await modeOf(data), await modeOf(join(data, 'objectstack.db'))]).toEqual(['700', '600']);

    await chmod(data, 0o755);
    await writeFile(join(data, 'of-somebody-else.csv'), '');
    expect(await prepareSqliteFile(filename)).toMatch(/can list the folder/);
    expect(await modeOf(data)).toBe('755');
  } finally {
    cwd.mockRestore();
  }
});
