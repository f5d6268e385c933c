// @ts-nocheck
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Rewrites package.json for an image of the standalone server. To a host the platform's packages are
 * peers, and npm counts what is a peer and a devDependency as one of development: `--omit=dev` would
 * leave the server without its platform. Here they become dependencies, in the versions of the lock
 * file, and nothing of development is left.
 */
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  [field: string]: unknown;
}

const {
  devDependencies = {},
  peerDependencies = {},
  peerDependenciesMeta: _,
  overrides,
  ...manifest
} = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest & { overrides: Record<string, string> };

for (const name of Object.keys(peerDependencies)) {
  const version = devDependencies[name];
  if (version === undefined) throw new Error(`${name} is a peer without a version to install`);
  manifest.dependencies[name] = version;
}
// An override may name a version of development (`$vitest`), which is gone.
const kept = Object.entries(overrides).filter(([name]) => name in manifest.dependencies);
writeFileSync(
  'package.json',
  `${JSON.stringify({ ...manifest, overrides: Object.fromEntries(kept) }, undefined, 2)}\n`,
);
