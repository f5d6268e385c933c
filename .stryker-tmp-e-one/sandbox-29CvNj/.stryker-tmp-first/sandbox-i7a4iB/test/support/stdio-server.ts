// @ts-nocheck
// 
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { DatabaseConfig } from '../../src/standalone/config.ts';
import { ROOT } from './markdown.ts';
import { freePort } from './port.ts';
import { databaseEnvironment } from './replica.ts';

/** A server process that an agent has started, and talks to over its standard input and output. */
export interface StdioServer extends AsyncDisposable {
  /** The same process over HTTP. */
  readonly url: string;
  readonly client: Client;
}

/** Starts a server on a database, with an application, as an agent does: with a key in the environment. */
export async function startStdioServer(database: DatabaseConfig, key: string): Promise<StdioServer> {
  const port = await freePort();
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [`${ROOT}test/support/notes-server.ts`],
    stderr: 'inherit',
    env: {
      ...databaseEnvironment(database),
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      NODE_ENV: 'development',
      LOG_LEVEL: 'error',
      AUTH_SECRET: 'a secret of the tests that every replica knows',
      OS_MCP_STDIO_ENABLED: 'true',
      OS_MCP_STDIO_API_KEY: key,
    },
  });
  const client = new Client({ name: 'test-agent', version: '1.0.0' });
  await client.connect(transport, { timeout: 60_000 });
  const url = `http://127.0.0.1:${port}`;
  // The protocol answers before the process listens.
  while (!(await isReady(url))) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url,
    client,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
