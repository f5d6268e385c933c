// @ts-nocheck
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { LiteKernel, type Plugin } from '@objectstack/core';
import { ObjectQLPlugin } from '@objectstack/objectql';
import { PlatformObjectsPlugin } from '@objectstack/platform-objects/plugin';
import { AuthPlugin } from '@objectstack/plugin-auth';
import { HonoServerPlugin } from '@objectstack/plugin-hono-server';
import { SecurityPlugin } from '@objectstack/plugin-security';
import { createDispatcherPlugin, DefaultDatasourcePlugin, ObjectKernel } from '@objectstack/runtime';
import { ApiKeysPlugin } from '../../src/plugin/plugin.ts';
import { DEV_ADMIN, NO_LIMITS, type TestEngine } from './kernel.ts';
import { captureOutput } from './output.ts';

export const apiKeys = (): Plugin => new ApiKeysPlugin(NO_LIMITS);
export const dispatcher = (): Plugin => createDispatcherPlugin({});

/** Somebody else's kernel, with the plugins of the platform and in an order of its own. */
export interface Host extends AsyncDisposable {
  readonly port: number;
  /** The session of the development administrator. */
  readonly token: string;
  /** Sends a request whose path is written to the socket as it is. */
  send(path: string, options?: { method?: string; headers?: readonly string[]; body?: string }): Promise<HostAnswer>;
  countKeys(): Promise<number>;
  readonly engine: TestEngine;
  /** What was printed while it started. */
  readonly printed: string;
}

export interface HostAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface HostOptions {
  readonly light?: boolean;
  /** Of the SQLite database. */
  readonly filename?: string;
  /** Whether it checks permissions. */
  readonly secured?: boolean;
}

/**
 * Boots a kernel of the platform's parts.
 *
 * @param first plugins that are added right after the HTTP server.
 * @param last plugins that are added at the end.
 */
export async function bootHost(
  first: readonly Plugin[],
  last: readonly Plugin[] = [],
  { light = false, filename = ':memory:', secured = true }: HostOptions = {},
): Promise<Host> {
  const port = await freePort();
  const output = captureOutput();
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'development';
  process.env['OS_REGISTRY_LOG'] = 'warn';
  const kernel = light
    ? new LiteKernel({ logger: { level: 'warn' } })
    : new ObjectKernel({ logger: { level: 'warn' }, gracefulShutdown: false });
  try {
    for (const plugin of [
      new ObjectQLPlugin(),
      new DefaultDatasourcePlugin({ driver: 'sqlite', config: { filename } }),
      new HonoServerPlugin({ port }),
      ...first,
      new PlatformObjectsPlugin(),
      new AuthPlugin({ secret: 's'.repeat(40), baseUrl: `http://localhost:${port}`, autoDefaultOrganization: true }),
      ...(secured ? [new SecurityPlugin()] : []),
      ...last,
    ]) {
      await kernel.use(plugin);
    }
    await kernel.bootstrap();
  } catch (error) {
    await kernel.shutdown().catch(() => undefined);
    throw error;
  } finally {
    process.env['NODE_ENV'] = before;
    output.stop();
  }

  const send: Host['send'] = async (path, { method = 'POST', headers = [], body = '' } = {}) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, agent: false });
    const list = ['Host', `localhost:${port}`, 'Content-Type', 'application/json', ...headers];
    // One after the other, so that a header can be sent twice.
    for (let index = 0; index < list.length; index += 2) sent.appendHeader(list[index] ?? '', list[index + 1] ?? '');
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() };
  };
  const signedIn = await send('/api/v1/auth/sign-in/email', { body: JSON.stringify(DEV_ADMIN) });
  const { token } = JSON.parse(signedIn.text) as { token: string };
  const engine = kernel.getService<TestEngine>('objectql');
  return {
    port,
    token,
    printed: output.text(),
    send,
    engine,
    countKeys: async () => (await engine.find('sys_api_key', { context: { isSystem: true } })).length,
    async [Symbol.asyncDispose]() {
      await kernel.shutdown();
    },
  };
}

/** Whether something listens there. */
export async function listens(port: number): Promise<boolean> {
  const sent = httpRequest({ host: '127.0.0.1', port, agent: false }).end();
  return new Promise((resolve) => {
    sent.on('response', () => resolve(true));
    sent.on('error', () => resolve(false));
  });
}

/** A port that was free a moment before. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
