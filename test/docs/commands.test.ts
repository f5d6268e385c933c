import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allBlocks, type Block, documents, ROOT } from '../support/markdown.ts';
import { PACKING, type Packed, pack } from '../support/packed.ts';
import { run, serve } from '../support/process.ts';
import { startServer, type TestServer } from '../support/served.ts';

/** Languages of commands. Each block is run, one after the other, in one shell for each document. */
const SHELLS = new Set(['sh', 'bash', 'console']);
/** Languages of what is no command; `examples.test.ts` looks after some. */
const OTHERS = new Set([
  'graphql',
  'js',
  'json',
  'ts',
  'text',
  'yaml',
  'nginx',
  'dockerfile',
  'mermaid',
  'promql',
  'sql',
]);

/**
 * What a block may say beside its language: `server` is started and has to answer, `repository` is
 * run in the repository instead of a project that has the package installed, `empty-folder` is run by
 * `embedding.test.ts`.
 */
const LABELS = new Set(['', 'server', 'repository', 'empty-folder', 'empty-folder server']);

const blocks = (await allBlocks()).filter(({ language }) => SHELLS.has(language));
const here = blocks.filter(({ label }) => !label.startsWith('empty-folder'));
const commands = here.filter(({ notRun, label }) => notRun === undefined && label !== 'server');
const servers = here.filter(({ notRun, label }) => notRun === undefined && label === 'server');

let packed: Packed;
let server: TestServer;
beforeAll(async () => {
  [packed, server] = await Promise.all([pack(), startServer()]);
}, PACKING);
afterAll(async () => {
  await Promise.all([packed[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
});

/** The commands of a block; in a `console` block they follow a `$`, and what they print is left out. */
function commandsOf({ language, code }: Block): string {
  if (language !== 'console') return code;
  return [...code.matchAll(/^\$ ((?:.*\\\n)*.*)$/gm)].map(([, command]) => command).join('\n');
}

/** One shell for the blocks of a document: a variable that one sets, the next one has. */
function script(document: readonly Block[]): string {
  return [
    'set -euo pipefail',
    // A request that is refused is a command that failed.
    'curl() { command curl --fail-with-body --silent --show-error "$@"; }',
    // npx starts npm for each command. The command is what is tested; README.md runs it as it is written.
    ...(document[0]?.document === 'README.md'
      ? []
      : ['npx() { local command=$1; shift; node_modules/.bin/$command "$@"; }']),
    ...document.flatMap((block) => [
      `cd '${block.label === 'repository' ? ROOT : packed.project}'`,
      `echo "$ ${block.document}: ${commandsOf(block)
        .split('\n')[0]
        ?.replaceAll(/["$`\\]/g, '')}" >&2`,
      commandsOf(block).replaceAll('localhost:3000', new URL(server.url).host),
    ]),
  ].join('\n');
}

describe('every command of the documents', () => {
  it.each([...new Set(commands.map(({ document }) => document))])(
    '%s: each one works, in their order',
    async (document) => {
      const text = script(commands.filter((block) => block.document === document));
      const { code, stdout, stderr } = await run('bash', ['-c', text], {
        env: { OBJECTSTACK_URL: server.url, OBJECTSTACK_TOKEN: undefined, XDG_CONFIG_HOME: server.folder },
      });
      expect({ code, output: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, output: '' });
    },
    120_000,
  );

  it.each(servers)(
    '$document: "$code" starts a server that answers',
    async ({ code }) => {
      const command = code.replaceAll('file:./data', `file:${server.folder}`);
      await using started = await serve('bash', ['-c', `exec ${command}`], {
        cwd: ROOT,
        env: { DATABASE_URL: 'file::memory:' },
        foreground: true,
      });
      const response = await fetch(`${started.url}/api/v1/keys`, { method: 'POST', body: '{}' });
      expect(response.status).toBe(401);
    },
    120_000,
  );

  it('is run, unless it is one of these and the document says why', () => {
    const notRun = blocks.filter((block) => block.notRun !== undefined);
    expect(notRun.map(({ document, code }) => `${document}: ${code.split('\n')[0]}`)).toEqual([
      'CONTRIBUTING.md: npm ci',
      'CONTRIBUTING.md: npx vitest run --project sqlite test/auth/session.test.ts',
      'CONTRIBUTING.md: npm run mutation -- --fast --mutate src/auth/session.ts',
      'CONTRIBUTING.md: npm version minor',
      'README.md: npm ci && npm start',
      'bench/README.md: npm run bench                  # every part, about 15 minutes',
      'docs/architecture.md: npm run flame',
      'docs/cli.md: npx objectstack-api-keys login --save --url https://crm.example.com',
      'docs/cli.md: npx objectstack-api-keys policy --max-lifetime P90D --require-scopes yes --revoke-unused-after off',
      'docs/operations.md: export POSTGRES_PASSWORD=$(openssl rand -hex 32) AUTH_SECRET=$(openssl rand -base64 32)',
      "docs/operations.md: curl https://keys.example.com/set-up -H 'content-type: application/json' \\",
      'docs/operations.md: jq -r --arg since "$SINCE" \'select(.time > $since) |',
      'examples/README.md: npm install',
    ]);
  });

  it('is a script that there is, where it is mentioned in a sentence', async () => {
    const { scripts } = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as { scripts: object };
    const known = new Set(['ci', 'install', 'version', ...Object.keys(scripts)]);
    for (const document of documents()) {
      const text = await readFile(`${ROOT}${document}`, 'utf8');
      for (const [, name = ''] of text.matchAll(/`npm (?:run )?([a-z][a-z:-]*)/g)) {
        expect([...known], document).toContain(name);
      }
    }
  });

  it('is in a block whose language says so', async () => {
    for (const { document, language, label, code } of await allBlocks()) {
      expect([...SHELLS, ...OTHERS], `${document}: ${code}`).toContain(language);
      if (SHELLS.has(language)) expect([...LABELS], `${document}: ${code}`).toContain(label);
    }
  });
});
