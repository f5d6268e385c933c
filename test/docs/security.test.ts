import { access, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/markdown.ts';

const text = await readFile(`${ROOT}docs/security.md`, 'utf8');
const rows = text
  .slice(text.indexOf('## Threats'))
  .split('\n')
  .filter((line) => /^\| (?!threat|-)/.test(line));

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
});
