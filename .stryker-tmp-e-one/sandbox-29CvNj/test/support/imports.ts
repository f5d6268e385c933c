// @ts-nocheck
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*)'(\.{1,2}\/[^']+\.ts)'/g;

/** One import of a file of `src` by another, types included: paths below `src`. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Every import inside `src`, static, dynamic and of types alone. */
export async function importsOfSrc(): Promise<Import[]> {
  const files = (await readdir(SRC, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const imports = await Promise.all(
    files.map(async (from) => {
      const source = await readFile(join(SRC, from), 'utf8');
      return [...source.matchAll(SPECIFIER)].map(([, to = '']) => ({ from, to: normalize(join(dirname(from), to)) }));
    }),
  );
  return imports.flat();
}

/** The folder of a file below `src`, `.` for `src` itself. */
export const folderOf = dirname;

/** Groups of nodes that reach each other (Tarjan's strongly connected components), of more than one node. */
export function cycles(edges: readonly (readonly [from: string, to: string])[]): string[][] {
  const targets = Map.groupBy(edges, ([from]) => from);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const order = index.size;
    index.set(node, order);
    let lowest = order;
    stack.push(node);
    for (const [, to] of targets.get(node) ?? []) {
      if (!index.has(to)) lowest = Math.min(lowest, visit(to));
      else if (stack.includes(to)) lowest = Math.min(lowest, index.get(to) ?? order);
    }
    low.set(node, lowest);
    if (lowest === order) {
      const component = stack.splice(stack.indexOf(node));
      if (component.length > 1) found.push(component.sort());
    }
    return lowest;
  };
  for (const node of targets.keys()) if (!index.has(node)) visit(node);
  return found;
}
