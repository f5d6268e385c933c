import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/markdown.ts';
import { run } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-keys-completion-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isInstalled = (shell: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, shell)));

/** What a shell offers, without what stands behind each. */
function names(offers: string, separator: string): string[] {
  return offers
    .trim()
    .split('\n')
    .map((offer) => offer.split(separator)[0] ?? '');
}

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

  // The rest runs where these shells are installed (apt-get install zsh fish).
  it.each(['zsh', 'fish'])('has a script for %s', async (shell) => {
    const { code, stdout } = await run('node', [`${ROOT}src/cli.ts`, 'completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/objectstack-api-keys\s+complete --/);
  });

  it.skipIf(!isInstalled('fish'))('offers commands, options and values in fish', async () => {
    const offeredBy = async (line: string): Promise<string[]> => {
      const script = `
        function objectstack-api-keys; '${process.execPath}' '${ROOT}src/cli.ts' $argv; end
        objectstack-api-keys completion fish | source
        complete -C '${line}'`;
      const { code, stdout, stderr } = await run('fish', ['--no-config', '-c', script], {
        cwd: folder,
        // fish writes to its folders there.
        env: { HOME: folder },
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      // Behind a tab is what it does.
      return names(stdout, '\t');
    };
    expect(await offeredBy('objectstack-api-keys re')).toEqual(expect.arrayContaining(['restore', 'revoke']));
    expect(await offeredBy('objectstack-api-keys list --st')).toEqual(['--status']);
    expect(await offeredBy('objectstack-api-keys list --status ')).toEqual([
      'active',
      'expired',
      'owner-left',
      'revoked',
    ]);
  });

  it.skipIf(!isInstalled('zsh'))('offers commands, options and values in zsh', async () => {
    const offeredBy = async (...words: string[]): Promise<string[]> => {
      // What zsh does with the offers is its own: they are taken where the script hands them over.
      const script = `
        objectstack-api-keys() { '${process.execPath}' '${ROOT}src/cli.ts' "$@"; }
        compdef() { :; }
        source <(objectstack-api-keys completion zsh)
        _describe() { print -rl -- "\${completions[@]}"; }
        words=(objectstack-api-keys ${words.map((word) => `'${word}'`).join(' ')})
        CURRENT=${words.length + 1}
        _objectstack-api-keys`;
      const { code, stdout, stderr } = await run('zsh', ['-f', '-c', script], { cwd: folder });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      // Behind a colon is what it does.
      return names(stdout, ':');
    };
    expect(await offeredBy('re')).toEqual(expect.arrayContaining(['restore', 'revoke']));
    expect(await offeredBy('list', '--st')).toContain('--status');
    expect(await offeredBy('list', '--status', '')).toEqual(['active', 'expired', 'revoked', 'owner-left']);
  });
});
