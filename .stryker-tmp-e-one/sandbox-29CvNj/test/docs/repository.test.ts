// @ts-nocheck
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/standalone/config.ts';
import { ROOT } from '../support/markdown.ts';

const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

it('the list of decisions has each of them', () => {
  const pages = readdirSync(`${ROOT}docs/adr`).filter((name) => /^\d{4}-/.test(name));
  const listed = [...read('docs/adr/index.md').matchAll(/^\| \[(\d{4})\]\((\S+\.md)\)/gm)];
  expect(listed.map(([, , page]) => page)).toEqual(pages.sort());
  for (const [, number, page] of listed) expect(page).toMatch(new RegExp(`^${number}-`));
});

it('.env.example sets nothing as it is, and each variable in it is one of the server', () => {
  const example = read('.env.example');
  expect(parseEnv(example)).toEqual({});
  const variables = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(variables.length).toBeGreaterThan(5);
  for (const name of variables) expect(read('docs/configuration.md')).toContain(`| \`${name}\` |`);
  const settings = parseEnv(example.replace(/^# (?=[A-Z_]+=.)/gm, ''));
  expect(() => readConfig(settings)).not.toThrow();
});

it('the Node of .nvmrc is the one that the project brings', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
  expect(read('.nvmrc').trim()).toBe(devDependencies['node']);
});

it('the check before a commit can be run', () => {
  const [mode] = execFileSync('git', ['ls-files', '--stage', '.githooks/pre-commit'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).split(' ');
  expect(mode).toBe('100755');
});
