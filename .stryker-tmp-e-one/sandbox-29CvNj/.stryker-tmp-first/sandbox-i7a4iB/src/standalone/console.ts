// @ts-nocheck
// 
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, PluginContext } from '@objectstack/core';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import type { Context, Hono } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { unavailable } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import { ApiKeysConsolePlugin } from '../console/plugin.ts';
import { inlineScripts } from '../http/content-security-policy.ts';
import { webResponse } from '../http/web.ts';
import { errorAnswer } from '../rest/envelope.ts';
import { SharedFiles, sharedBody } from './shared-files.ts';
import { type PendingSetUp, SET_UP_SERVICE } from './sign-in/plugin.ts';
import { SET_UP_PATH } from './sign-in/set-up-page.ts';

/** Where the Console lives: it computes its own links from this, and the platform links to it. */
export const CONSOLE_PATH = '/_console/';

/** Vite puts a hash of the content into these names: what is behind one never changes. */
const HASHED_NAME = /-[A-Za-z0-9_-]{8}\.(?:js|css|mjs|woff2?|svg|png)$/;
const FOREVER = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';

/**
 * The plugins that serve the objectui Console, with the apps that its pages come from; none unless all
 * four packages are installed: the server runs just the same without them.
 */
export async function consolePlugins(): Promise<Plugin[]> {
  const folder = consoleFolder();
  if (folder === undefined) return [];
  const [html, files, { setupApp }, { AccountAppPlugin }, { MessagingServicePlugin }] = await Promise.all([
    readFile(join(folder, 'index.html'), 'utf8'),
    SharedFiles.in(folder),
    import('./setup-app.ts'),
    import('@objectstack/account'),
    import('@objectstack/service-messaging'),
  ]);
  return [
    new ConsolePlugin(files, html),
    setupApp,
    new AccountAppPlugin(),
    // The Account app opens on the inbox. Nothing is sent from here, so nothing polls for what is to be sent.
    new MessagingServicePlugin({ reliableDelivery: false }),
    new ApiKeysConsolePlugin({ app: true }),
  ];
}

/** The folder of the prebuilt Console; `undefined` unless it and its apps are installed. */
export function consoleFolder(): string | undefined {
  try {
    // Its pages come from these.
    import.meta.resolve('@objectstack/setup');
    import.meta.resolve('@objectstack/account');
    import.meta.resolve('@objectstack/service-messaging');
    return join(dirname(fileURLToPath(import.meta.resolve('@objectstack/console/package.json'))), 'dist');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Static files at {@link CONSOLE_PATH}, and the way there from `/`. */
class ConsolePlugin implements Plugin {
  readonly name = 'com.objectstack.api-keys.console-files';
  readonly version = VERSION;
  readonly type = 'standard';
  readonly requiresServices = ['http-server'];
  readonly #files: SharedFiles;
  readonly #html: string;

  constructor(files: SharedFiles, html: string) {
    this.#files = files;
    this.#html = html;
  }

  init(context: PluginContext): void {
    const app: Hono = context.getService<HonoHttpServer>('http-server').getRawApp();
    const page = this.#page();
    // Where there is nobody yet, signing in would be a dead end.
    app.get('/', async (request) => request.redirect((await isSetUpOpen(context)) ? SET_UP_PATH : CONSOLE_PATH, 302));
    app.get(CONSOLE_PATH.slice(0, -1), (request) => request.redirect(CONSOLE_PATH, 302));
    app.get(CONSOLE_PATH, page);
    app.get(`${CONSOLE_PATH}index.html`, page);
    app.get(`${CONSOLE_PATH}*`, async (request) => (await this.#file(request)) ?? page(request));
  }

  /** A file of the Console; `undefined` for a path that is an address inside its page. */
  async #file(context: Context): Promise<Response | undefined> {
    const name = context.req.path.slice(CONSOLE_PATH.length);
    const found = this.#files.find(name);
    // A script that is not there must not be answered with a page: the browser would say that the
    // script has a wrong type, and not that it is missing.
    if (found === undefined) return name.startsWith('assets/') ? context.notFound() : undefined;
    try {
      const { bytes, etag } = await found;
      const headers = fileHeaders(name, etag);
      if (context.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
      headers.set('Content-Length', String(bytes.length));
      return new Response(context.req.method === 'HEAD' ? null : sharedBody(bytes), { headers });
    } catch {
      return webResponse(errorAnswer(unavailable()));
    }
  }

  /** The one page of the Console, for every path that is an address inside it. */
  #page(): (context: Context) => Response {
    const html = this.#html.replace('<head>', `<head>\n    <base href="${CONSOLE_PATH}" />`);
    const headers = {
      'Cache-Control': REVALIDATE,
      'Content-Security-Policy': contentSecurityPolicy(html),
      'Content-Type': 'text/html; charset=utf-8',
      ETag: `"${createHash('sha256').update(html).digest('base64url')}"`,
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    };
    return (context) => {
      if (context.req.header('if-none-match') === headers.ETag) return new Response(null, { status: 304, headers });
      return new Response(html, { headers });
    };
  }
}

/** A database that does not answer is told about where somebody signs in. */
async function isSetUpOpen(context: PluginContext): Promise<boolean> {
  try {
    return await context.getService<PendingSetUp>(SET_UP_SERVICE).isOpen();
  } catch {
    return false;
  }
}

function fileHeaders(name: string, etag: string): Headers {
  return new Headers({
    'Cache-Control': HASHED_NAME.test(name) ? FOREVER : REVALIDATE,
    'Content-Type': getMimeType(name) ?? 'application/octet-stream',
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
  });
}

/**
 * What the page may load and run. A script that was injected into a page where people look at fresh
 * API keys could read them: only the Console's own files run, and the inline scripts that are in its
 * page now, by their hash. Styles are inline in many of its components.
 */
function contentSecurityPolicy(html: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${inlineScripts(html)}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
