// @ts-nocheck
// 
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderOf, importsOfSrc } from '../support/imports.ts';
import { ROOT } from '../support/markdown.ts';

const page = readFileSync(`${ROOT}docs/architecture.md`, 'utf8');
const named = [
  ...new Set([...page.matchAll(/\b(?:src|test)(?:\/[a-z-]+)*(?:\.test)?(?:\.ts)?\b/g)].map(([path]) => path)),
];
const listed = [...page.matchAll(/^\| `(src[a-z/-]*)` \|/gm)].map(([, folder]) => folder);

describe('docs/architecture.md', () => {
  it('names folders and files that exist', () => {
    expect(named).toContain('src/keys/service.ts');
    expect(named.filter((path) => !existsSync(`${ROOT}${path}`))).toEqual([]);
  });

  it('lists every folder of src, or the one that it is part of', async () => {
    const folders = new Set((await importsOfSrc()).flatMap(({ from, to }) => [folderOf(from), folderOf(to)]));
    const paths = [...folders].map((folder) => (folder === '.' ? 'src' : `src/${folder}`));
    expect(listed.length).toBeGreaterThan(15);
    const isCovered = (path: string): boolean =>
      listed.includes(path) || (path.startsWith('src/') && listed.includes(path.split('/').slice(0, 2).join('/')));
    expect(paths.filter((path) => !isCovered(path))).toEqual([]);
  });
});
