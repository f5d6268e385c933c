// @ts-nocheck
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './markdown.ts';
import { link, type Manifest, type Packed } from './packed.ts';
import { type Finished, run } from './process.ts';

const MODULES = `${ROOT}node_modules`;

type Dependencies = Readonly<Record<string, string>>;
interface Installed {
  readonly version: string;
  readonly dependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * Installs the packed package in a project that has another version of graphql, and GraphQL clients. What
 * imports graphql is copied there, since a link would find the graphql of this repository; npm sees whose
 * range that does not satisfy, and refuses.
 *
 * @param alias the name under which this repository has that version of graphql.
 * @param clients packages that the project has besides.
 */
export async function installBeside(
  packed: Packed,
  alias: string,
  clients: readonly string[],
): Promise<{ readonly project: string; readonly install: Finished }> {
  const project = join(packed.project, '..', `beside-${alias}`);
  const modules = join(project, 'node_modules');
  await mkdir(modules, { recursive: true });
  const { version } = await manifestOf(join(MODULES, alias));
  const dependencies = { graphql: version, ...Object.fromEntries(clients.map((name) => [name, '*'])) };
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module', private: true, dependencies }));

  const manifest = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as Manifest;
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const copied = new Set<string>();
  for (const name of [...declared, ...clients]) {
    if (clients.includes(name) || (await importsGraphQL(name))) await collect(join(MODULES, name), name, copied);
  }
  for (const name of copied) await cp(join(MODULES, name), join(modules, name), { recursive: true });
  await cp(join(MODULES, alias), join(modules, 'graphql'), { recursive: true });
  for (const name of declared) if (!copied.has(name) && name !== 'graphql') await link(name, modules);

  const arguments_ = ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', packed.tarball];
  return { project, install: await run('npm', arguments_, { cwd: project }) };
}

async function importsGraphQL(name: string): Promise<boolean> {
  const { dependencies, peerDependencies } = await manifestOf(join(MODULES, name));
  return 'graphql' in { ...dependencies, ...peerDependencies };
}

/** Adds a package and everything that it needs, as far as that lies beside it and not inside it. */
async function collect(folder: string, name: string | undefined, into: Set<string>): Promise<void> {
  if (name !== undefined) {
    if (into.has(name)) return;
    into.add(name);
  }
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = await manifestOf(folder);
  const peers = Object.keys(peerDependencies).filter((peer) => peerDependenciesMeta[peer]?.optional !== true);
  for (const needed of [...Object.keys(dependencies), ...peers]) {
    if (needed === 'graphql') continue;
    const inside = join(folder, 'node_modules', needed);
    if (existsSync(inside)) await collect(inside, undefined, into);
    else await collect(join(MODULES, needed), needed, into);
  }
}

async function manifestOf(folder: string): Promise<Installed> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Installed;
}
