// @ts-nocheck
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * What `npm version` runs between the new version in package.json and its commit: the version goes into the
 * code, into `openapi.json` and into the changelog, so that the tagged commit says one version everywhere.
 */
const ROOT = new URL('../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string };
const UNRELEASED = '## [Unreleased]\n';

edit('src/base/version.ts', (text) => text.replace(/VERSION = '[^']*'/, `VERSION = '${version}'`));
edit('CHANGELOG.md', (text) => {
  if (!text.includes(`${UNRELEASED}\n#`)) throw new Error('CHANGELOG.md has nothing under "Unreleased" to release.');
  return text.replace(UNRELEASED, `${UNRELEASED}\n## [${version}] - ${new Date().toISOString().slice(0, 10)}\n`);
});
execFileSync('npm', ['run', '-s', 'openapi'], { cwd: ROOT, stdio: 'inherit' });
execFileSync('git', ['add', 'src/base/version.ts', 'CHANGELOG.md', 'openapi.json'], { cwd: ROOT, stdio: 'inherit' });

function edit(path: string, change: (text: string) => string): void {
  const file = new URL(path, ROOT);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
