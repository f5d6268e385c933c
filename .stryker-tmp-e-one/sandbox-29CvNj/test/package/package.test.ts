// @ts-nocheck
import { execFileSync } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/base/version.ts';
import { installBeside } from '../support/graphql-project.ts';
import { blockNamed, ROOT } from '../support/markdown.ts';
import { type Manifest, PACKING, type Packed, pack } from '../support/packed.ts';
import { run, type Served, serve } from '../support/process.ts';

let packed: Packed;
beforeAll(async () => {
  packed = await pack(['graphql-request']);
}, PACKING);
afterAll(async () => {
  await packed[Symbol.asyncDispose]();
});

const HOST = { AUTH_SECRET: 'a secret of the test, long enough', NODE_ENV: 'development' };

const manifest = async (): Promise<Manifest> => JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as Manifest;

describe('the packed package', () => {
  it('holds built code, types, source maps, the schema and documents, and nothing else', () => {
    const strange = packed.files.filter(
      (path) =>
        !/^dist\/[a-z0-9/-]+\.(js|js\.map|d\.ts)$/.test(path) &&
        !/^docs\/[a-z0-9/-]+\.(md|png|svg)$/.test(path) &&
        !/^operations\/[a-z-]+\.graphql$/.test(path) &&
        !['CHANGELOG.md', 'LICENSE', 'README.md', 'openapi.json', 'package.json', 'schema.graphql'].includes(path),
    );
    expect(strange).toEqual([]);
    expect(packed.files).toEqual(
      expect.arrayContaining([
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/cli.js',
        'dist/index.d.ts',
        'dist/index.js',
        'dist/index.js.map',
        'dist/operations/documents.js',
        'dist/standalone/index.js',
        'docs/embedding.md',
        'openapi.json',
        'operations/create-api-key.graphql',
        'schema.graphql',
      ]),
    );
  });

  it('has a file for every source file and no other', () => {
    const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
      .trim()
      .split('\n')
      .filter((path) => path.endsWith('.ts'))
      .map((path) => path.replace(/^src\/(.*)\.ts$/, 'dist/$1.js'));
    expect(packed.files.filter((path) => path.endsWith('.js'))).toEqual(sources.sort());
  });

  it('has source maps with the sources in them', async () => {
    const map = JSON.parse(await readFile(join(packed.installed, 'dist/plugin/plugin.js.map'), 'utf8')) as {
      sourcesContent?: string[];
    };
    expect(map.sourcesContent?.[0]).toContain('class ApiKeysPlugin');
  });

  it('is as publint wants it', async () => {
    const { code, stdout, stderr } = await run('publint', ['run', packed.tarball, '--strict'], { cwd: ROOT });
    expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringContaining('All good!') });
  });

  it('has types that resolve as the code does', async () => {
    // ESM only, for Node: neither `require` before Node 22 nor TypeScript's resolution for Node 10 is promised.
    // The descriptions of the two contracts are text and have no types.
    const args = [packed.tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'schema.graphql', 'openapi.json'];
    const { code, stdout } = await run('attw', [...args, '--format', 'json'], { cwd: ROOT });
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const { analysis } = JSON.parse(stdout) as { analysis: { entrypoints: Record<string, unknown> } };
    expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(['.', './operations', './server']));
  });

  it('says one version everywhere', async () => {
    const { version } = await manifest();
    expect(VERSION).toBe(version);
    const bin = await run('node', [join(packed.installed, 'dist/cli.js'), '--version'], { cwd: packed.project });
    expect(bin).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('requires the tested versions, or later versions of the same major', async () => {
    const { dependencies, peerDependencies, devDependencies } = await manifest();
    const lock = JSON.parse(await readFile(`${ROOT}package-lock.json`, 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    const { graphql, ...others } = { ...dependencies, ...peerDependencies };
    // Its older major as well; tests below run with that.
    expect(graphql).toMatch(new RegExp(` \\|\\| \\^${lock.packages['node_modules/graphql']?.version}$`));
    for (const [name, range] of Object.entries(others)) {
      expect(`${name} ${range}`).toBe(`${name} ^${lock.packages[`node_modules/${name}`]?.version}`);
    }
    for (const name of Object.keys(peerDependencies)) expect(devDependencies).toHaveProperty([name]);
  });
});

describe('a project that has it installed', () => {
  let host: Served;
  beforeAll(async () => {
    for (const example of ['host.js', 'mint.js']) {
      await copyFile(`${ROOT}examples/${example}`, join(packed.project, example));
    }
    host = await serve('node', ['host.js'], {
      cwd: packed.project,
      env: HOST,
    });
  });
  afterAll(async () => {
    await host[Symbol.asyncDispose]();
  });

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${host.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('creates a key on its own kernel, with the program in docs/embedding.md', async () => {
    const { code } = await blockNamed('docs/embedding.md', 'host.js');
    expect(await readFile(`${ROOT}examples/host.js`, 'utf8')).toBe(`${code}\n`);
    const signedIn = await post('/api/v1/auth/sign-in/email', { email: 'admin@objectos.ai', password: 'admin123' });
    const { token } = (await signedIn.json()) as { token: string };
    const query = 'mutation { createApiKey(input: { name: "packed" }) { apiKey { name } key } }';
    const minted = await post('/api/v1/graphql', { query }, { authorization: `Bearer ${token}` });
    const { data } = (await minted.json()) as { data: { createApiKey: { apiKey: { name: string }; key: string } } };
    expect(data.createApiKey).toEqual({ apiKey: { name: 'packed' }, key: expect.stringMatching(/^osk_/) });

    const viewer = await post(
      '/api/v1/graphql',
      { query: '{ viewer { email } }' },
      { 'x-api-key': data.createApiKey.key },
    );
    expect(await viewer.json()).toEqual({ data: { viewer: { email: 'admin@objectos.ai' } } });
  });

  it('mints with the GraphQL client of the examples: the key works, and only standard output has it', async () => {
    const { code, stdout, stderr } = await run('node', ['mint.js', 'from the example'], {
      cwd: packed.project,
      env: { OBJECTSTACK_URL: host.url, OBJECTSTACK_EMAIL: 'admin@objectos.ai', OBJECTSTACK_PASSWORD: 'admin123' },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/ACTIVE {2}from the example\n/) });
    const key = stdout.trim();
    expect(key).toMatch(/^osk_/);
    expect(stderr).not.toContain(key);
    const viewer = await post('/api/v1/graphql', { query: '{ viewer { email } }' }, { 'x-api-key': key });
    expect(await viewer.json()).toEqual({ data: { viewer: { email: 'admin@objectos.ai' } } });
  });

  it('runs with the packed code, not with the sources of this repository', async () => {
    const code = "console.log(import.meta.resolve('objectstack-api-keys'))";
    const { stdout } = await run('node', ['--input-type=module', '-e', code], { cwd: packed.project });
    expect(stdout.trim()).toBe(`file://${packed.installed}/dist/index.js`);
  });

  it('type-checks against the packed types', async () => {
    await writeFile(
      join(packed.project, 'types.ts'),
      `import { ApiKeysPlugin, type ApiKeysOptions } from 'objectstack-api-keys';
import { createKernel, readConfig } from 'objectstack-api-keys/server';
import type { Plugin } from '@objectstack/core';

const options: ApiKeysOptions = { basePath: '/api/v1' };
export const plugin: Plugin = new ApiKeysPlugin(options);
export const kernel = createKernel(readConfig({}), 'secret', [plugin]);
// @ts-expect-error an option that does not exist: the types are not \`any\`
new ApiKeysPlugin({ userId: 'usr_1' });
`,
    );
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024'];
    const { code, stdout } = await run(`${ROOT}node_modules/.bin/tsc`, [...flags, 'types.ts'], { cwd: packed.project });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('reads the schema text through the package', async () => {
    const code = `import { readFileSync } from 'node:fs';
      process.stdout.write(readFileSync(new URL(import.meta.resolve('objectstack-api-keys/schema.graphql'))));`;
    const { stdout } = await run('node', ['--input-type=module', '-e', code], { cwd: packed.project });
    expect(stdout).toBe(await readFile(`${ROOT}schema.graphql`, 'utf8'));
  });

  it('starts the server with the bare command, and a signal ends it', async () => {
    const server = await serve('node', [join(packed.installed, 'dist/cli.js')], {
      cwd: packed.project,
      env: { DATABASE_URL: 'file::memory:', NODE_ENV: 'development' },
    });
    const refused = await fetch(`${server.url}/api/v1/keys`, { method: 'POST', body: '{}' });
    expect(refused.status).toBe(401);
    expect(await server.stop()).toBe(0);
  }, 120_000);
});

describe('beside the graphql that a project has already', () => {
  const codegen = ['core', 'typed-document-node', 'typescript-operations'].map((name) => `@graphql-codegen/${name}`);
  const clients = ['@apollo/client', ...codegen];

  it.each([
    ['the newest 16', 'graphql-16', ['graphql-request', ...clients]],
    // graphql-request itself takes no graphql 17.
    ['17', 'graphql', clients],
  ])('npm installs it and the clients without --force: %s', async (_case, alias, also) => {
    const { install } = await installBeside(packed, alias, also);
    expect(install).toMatchObject({ code: 0, stderr: expect.not.stringContaining('ERESOLVE') });
  });

  it('mints on 16.11.0, the first that it takes, and keeps its limits there', async () => {
    const { project, install } = await installBeside(packed, 'graphql-16-floor', ['graphql-request', ...clients]);
    expect(install).toMatchObject({ code: 0, stderr: expect.not.stringContaining('ERESOLVE') });
    await writeFile(join(project, 'host.js'), (await blockNamed('docs/embedding.md', 'host.js')).code);
    await using old = await serve('node', ['host.js'], { cwd: project, env: HOST });
    const ask = async (path: string, body: object, headers: Record<string, string> = {}) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
      const response = await fetch(`${old.url}/api/v1/${path}`, { ...init, body: JSON.stringify(body) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const signedIn = await ask('auth/sign-in/email', { email: 'admin@objectos.ai', password: 'admin123' });
    const session = { authorization: `Bearer ${signedIn.body['token']}` };
    const mint = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { status } } }';
    expect(await ask('graphql', { query: mint, variables: { input: { name: 'CI' } } }, session)).toEqual({
      status: 200,
      body: { data: { createApiKey: { key: expect.stringMatching(/^osk_/), apiKey: { status: 'ACTIVE' } } } },
    });
    expect(await ask('keys', { name: 'CI' }, session)).toMatchObject({ status: 201 });
    const tooLong = `{ ${'viewer { id } '.repeat(1000)} }`;
    for (const [query, code] of [
      ['mutation { createApiKey(input: { name: "" }) { key } }', 'VALIDATION_FAILED'],
      ['{ viewer { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
      // By the limit on tokens, before anything is made of the document.
      [tooLong, 'GRAPHQL_PARSE_FAILED'],
    ] as const) {
      expect(await ask('graphql', { query }, session), query).toMatchObject({
        body: { errors: [{ extensions: { code } }] },
      });
    }
  }, 120_000);
});
