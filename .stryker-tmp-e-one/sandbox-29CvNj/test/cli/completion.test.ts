// @ts-nocheck
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/markdown.ts';
import { run } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-keys-completion-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('completion', () => {
  /** What bash has to offer for a line, as it asks at the Tab key. */
  async function offered(...words: string[]): Promise<string[]> {
    const script = `
      objectstack-api-keys() { '${process.execPath}' '${ROOT}src/cli.ts' "$@"; }
      source <(objectstack-api-keys completion bash)
      COMP_WORDS=(objectstack-api-keys ${words.map((word) => `'${word}'`).join(' ')})
      COMP_CWORD=${words.length}
      COMP_LINE="\${COMP_WORDS[*]}"
      COMP_POINT=\${#COMP_LINE}
      _objectstack_api_keys
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { code, stdout, stderr } = await run('bash', ['--norc', '-c', script], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout.trim().split('\n');
  }

  it('offers commands, options and values in bash', async () => {
    expect(await offered('re')).toEqual(expect.arrayContaining(['restore', 'revoke']));
    expect(await offered('list', '--')).toEqual(expect.arrayContaining(['--status', '--limit', '--url']));
    expect(await offered('list', '--status', '')).toEqual(['active', 'expired', 'revoked', 'owner-left']);
  });

  it('runs nothing that was typed', async () => {
    await offered('mint', '--name', '$(touch typed)', '--');
    await offered('mint', '--name', '`touch typed`;touch typed');
    expect(existsSync(join(folder, 'typed'))).toBe(false);
  });

  it.each(['zsh', 'fish'])('has a script for %s', async (shell) => {
    const { code, stdout } = await run('node', [`${ROOT}src/cli.ts`, 'completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/objectstack-api-keys\s+complete --/);
  });
});
