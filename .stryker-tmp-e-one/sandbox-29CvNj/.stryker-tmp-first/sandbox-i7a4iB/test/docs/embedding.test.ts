// @ts-nocheck
// 
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf } from '../support/markdown.ts';
import { linkDeclared, PACKING, type Packed, pack } from '../support/packed.ts';
import { type Finished, run, serve } from '../support/process.ts';

let packed: Packed;
let folder: string;
beforeAll(async () => {
  packed = await pack();
  folder = join(packed.project, '..', 'my-app');
  await linkDeclared(join(folder, 'node_modules'));
}, PACKING);
afterAll(async () => {
  await packed[Symbol.asyncDispose]();
});

/** Runs a block as it is written; npm gets the packed file where the document names the package, and no network. */
const shell = (code: string, url?: string): Promise<Finished> =>
  run(
    'bash',
    [
      '-c',
      [
        'set -euo pipefail',
        `npm() { command npm "\${@/#objectstack-api-keys/${packed.tarball}}"; }`,
        'curl() { command curl --fail-with-body --silent --show-error "$@"; }',
        url === undefined ? code : code.replaceAll('localhost:3000', new URL(url).host),
      ].join('\n'),
    ],
    { cwd: folder, env: { npm_config_offline: 'true', npm_config_ignore_scripts: 'true', npm_config_audit: 'false' } },
  );

describe('docs/embedding.md', () => {
  it('leads from an empty folder to a key, word for word', async () => {
    const blocks = await blocksOf('docs/embedding.md');
    const labelled = (label: string) => blocks.filter((block) => block.label === label).map(({ code }) => code);
    const [install = '', signUp = ''] = labelled('empty-folder');
    const [start = ''] = labelled('empty-folder server');
    const [program = ''] = labelled('host.js');

    expect(existsSync(join(folder, 'package.json'))).toBe(false);
    const installed = await shell(install);
    expect({ code: installed.code, stderr: installed.stderr }).toMatchObject({ code: 0 });
    await writeFile(join(folder, 'host.js'), program);

    await using host = await serve('bash', ['-c', start], { cwd: folder, foreground: true });
    const minted = await shell(signUp, host.url);
    expect(minted).toMatchObject({ code: 0, stdout: expect.stringMatching(/"key":"osk_[A-Za-z0-9_-]{43}"/) });
  }, 120_000);
});
