// @ts-nocheck
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SharedFiles, sharedBody } from '../../src/standalone/shared-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shared-files-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'assets', 'a.js'), 'a'.repeat(200_000));
  await writeFile(join(folder, 'b.svg'), '<svg/>');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('many readers of a file share one copy, which is read once', async () => {
  const files = await SharedFiles.in(folder);
  const all = await Promise.all(Array.from({ length: 1000 }, () => files.find('assets/a.js')));
  expect(new Set(all.map((file) => file?.bytes)).size).toBe(1);
  // It is not read again: a reader that comes later is sent the same.
  await writeFile(join(folder, 'assets', 'a.js'), 'changed');
  expect((await files.find('assets/a.js'))?.bytes).toBe(all[0]?.bytes);
});

it('a body is taken as slowly as its reader reads, and is the whole of the file', async () => {
  const bytes = new Uint8Array(200_000).map((_, at) => at % 251);
  const pieces: Uint8Array[] = [];
  const reader = sharedBody(bytes).getReader();
  for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) pieces.push(value);
  expect(pieces.every((piece) => piece.buffer === bytes.buffer && piece.length <= 65_536)).toBe(true);
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
});

it('only files of the folder are found, by their very names', async () => {
  const files = await SharedFiles.in(folder);
  expect((await files.find('b.svg'))?.bytes.length).toBe(6);
  for (const name of ['', 'assets', 'assets/', '../b.svg', 'assets/../b.svg', '/b.svg', 'B.SVG', 'assets\\a.js'])
    expect(files.find(name)).toBeUndefined();
});

it('a file that could not be read is tried again', async () => {
  const files = await SharedFiles.in(folder);
  await rm(join(folder, 'b.svg'));
  await expect(files.find('b.svg')).rejects.toThrow();
  await writeFile(join(folder, 'b.svg'), '<svg/>');
  expect((await files.find('b.svg'))?.bytes.length).toBe(6);
});
