import { access, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/markdown.ts';

const text = await readFile(`${ROOT}docs/security.md`, 'utf8');
const readme = await readFile(`${ROOT}README.md`, 'utf8');
/** The rows of the tables between two headings, without those that name the columns. */
const rowsOf = (from: string, to: string): string[] =>
  text
    .slice(text.indexOf(from), text.indexOf(to))
    .split('\n')
    .filter((line) => /^\| (?!threat|where|-)/.test(line));
const rows = rowsOf('## Threats', '## The leak hunt');
const survivors = rowsOf('We reviewed these survivors', '## What remains');

describe('docs/security.md', () => {
  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows.map((row) => [row.split('|')[1]?.trim() ?? '', row]))(
    'names the test that shows it: %s',
    async (_threat, row) => {
      const tests = [...row.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, path]) => path ?? '');
      expect(tests.length).toBeGreaterThan(0);
      for (const path of tests) await access(`${ROOT}${path}`);
    },
  );

  it.each(
    readme
      .slice(readme.indexOf('## What holds'), readme.indexOf('## Documentation'))
      .split('\n')
      .filter((line) => /^\| [^-]/.test(line) && !line.startsWith('| |')),
  )('and README.md name the test of what holds: %s', async (row) => {
    const tests = [...row.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, path]) => path ?? '');
    expect(tests.length).toBeGreaterThan(0);
    for (const path of tests) await access(`${ROOT}${path}`);
  });

  it('explains mutants of code that exists', async () => {
    expect(survivors.length).toBeGreaterThan(5);
    for (const row of survivors) {
      const files = [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '');
      expect(files, row).not.toEqual([]);
      for (const path of files) await access(`${ROOT}src/${path}`);
    }
  });
});
