// @ts-nocheck
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './markdown.ts';
import { run } from './process.ts';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Building, packing and installing may take, in milliseconds, where other tests run beside them. */
export const PACKING = 240_000;

/** The package as `npm pack` makes it, and a folder that has it installed. */
export interface Packed extends AsyncDisposable {
  readonly tarball: string;
  /** What is in it, by path. */
  readonly files: readonly string[];
  /** A project outside the repository with the packed package in its `node_modules`. */
  readonly project: string;
  /** The unpacked package in that project. */
  readonly installed: string;
}

/**
 * Packs the package and lets npm install it in a fresh folder, without the network: what it declares
 * is there already, as links to the packages of this repository, and npm refuses when that does not
 * satisfy a range. Nothing else is there, so that an import of anything that is not declared fails
 * here as it would for a stranger.
 *
 * @param also packages that the project has besides.
 */
export async function pack(also: readonly string[] = []): Promise<Packed> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'api-keys-packed-')));
  const clone = join(folder, 'clone');
  await copyTo(clone);
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: clone });
  if (packed.code !== 0) throw new Error(`npm pack: ${packed.stderr}`);
  const described = JSON.parse(packed.stdout) as { filename: string; files: { path: string }[] }[];
  const [{ filename, files } = { filename: '', files: [] }] = Object.values(described);
  const tarball = join(folder, filename);

  const project = join(folder, 'project');
  const manifest = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as Manifest;
  const modules = join(project, 'node_modules');
  await mkdir(modules, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module", "private": true }');
  await linkDeclared(modules);
  // The scripts that npm would run are those of the linked packages.
  const arguments_ = ['install', '--offline', '--ignore-scripts', '--no-audit', tarball];
  const { code, stderr } = await run('npm', arguments_, { cwd: project });
  if (code !== 0) throw new Error(`npm install: ${stderr}`);
  // Not before: npm takes away what nobody asks for.
  for (const name of also) await link(name, modules);
  return {
    tarball,
    files: files.map(({ path }) => path).sort(),
    project,
    installed: join(modules, manifest.name),
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The files of the repository as they are now: what is built there is nobody else's. */
async function copyTo(clone: string): Promise<void> {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  await Promise.all(
    files
      .trim()
      .split('\n')
      .filter((path) => existsSync(`${ROOT}${path}`))
      .map((path) => cp(`${ROOT}${path}`, join(clone, path))),
  );
  await symlink(`${ROOT}node_modules`, join(clone, 'node_modules'));
}

/** Links what the package declares, so that npm finds it without the network. */
export async function linkDeclared(modules: string): Promise<void> {
  const manifest = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as Manifest;
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) await link(name, modules);
}

export async function link(name: string, modules: string): Promise<void> {
  const source = `${ROOT}node_modules/${name}`;
  await lstat(source);
  await mkdir(dirname(join(modules, name)), { recursive: true });
  await symlink(source, join(modules, name));
}
