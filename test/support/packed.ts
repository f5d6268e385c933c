import { lstat, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './markdown.ts';
import { run } from './process.ts';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

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
 * Packs the package and installs it in a fresh folder, without the network: the packed file is
 * unpacked, and of all packages only those that it declares are linked beside it, so that an import
 * of anything else fails here as it would for a stranger.
 */
export async function pack(): Promise<Packed> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'api-keys-packed-')));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT });
  if (packed.code !== 0) throw new Error(`npm pack: ${packed.stderr}`);
  const described = JSON.parse(packed.stdout) as { filename: string; files: { path: string }[] }[];
  const [{ filename, files } = { filename: '', files: [] }] = Object.values(described);
  const tarball = join(folder, filename);

  const project = join(folder, 'project');
  const manifest = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as Manifest;
  const modules = join(project, 'node_modules');
  const installed = join(modules, manifest.name);
  await mkdir(installed, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module", "private": true }');
  const unpacked = await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  if (unpacked.code !== 0) throw new Error(`tar: ${unpacked.stderr}`);
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    await link(name, modules);
  }
  return {
    tarball,
    files: files.map(({ path }) => path).sort(),
    project,
    installed,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function link(name: string, modules: string): Promise<void> {
  const source = `${ROOT}node_modules/${name}`;
  await lstat(source);
  await mkdir(dirname(join(modules, name)), { recursive: true });
  await symlink(source, join(modules, name));
}
