// @ts-nocheck
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './markdown.ts';

/** A page that was built and is served on an origin of its own. */
export interface BuiltPage {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/**
 * Builds a page with Vite, as `npm run build` there does, with the typed documents of this repository, and
 * serves it.
 *
 * @param folder where the built files go.
 */
export async function serveBuilt(root: string, folder: string, port: number, server: string): Promise<BuiltPage> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    define: { 'import.meta.env.VITE_SERVER_URL': JSON.stringify(server) },
    resolve: { alias: { 'objectstack-api-keys/operations': `${ROOT}src/operations/documents.ts` } },
    build: { outDir: folder, emptyOutDir: true },
  });
  const files = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = join(folder, pathname === '/' ? 'index.html' : pathname);
    try {
      const content = await readFile(path);
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(port, 'localhost');
  await new Promise((resolve) => files.once('listening', resolve));
  return {
    url: `http://localhost:${port}/`,
    close: () => new Promise((resolve) => files.close(() => resolve())),
  };
}
