// @ts-nocheck
import { readFile, writeFile } from 'node:fs/promises';
import { SECTIONS, withSection } from './docs/sections.ts';

for (const [document, section] of SECTIONS) {
  const url = new URL(`../${document}`, import.meta.url);
  await writeFile(url, withSection(await readFile(url, 'utf8'), section()));
}
