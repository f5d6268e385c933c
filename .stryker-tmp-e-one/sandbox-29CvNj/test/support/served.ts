// @ts-nocheck
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEV_ADMIN } from './kernel.ts';
import { ROOT } from './markdown.ts';
import { type Served, serve } from './process.ts';

/** The standalone server in a process and a folder of its own, with a development administrator. */
export interface TestServer extends Served {
  /** Its working directory. */
  readonly folder: string;
  /** A new session of the administrator. */
  signIn(): Promise<string>;
  /** Runs a GraphQL document and returns its `data`. */
  ask<T>(token: string, query: string): Promise<T>;
  /** The live sessions of the administrator. */
  sessions(token: string): Promise<unknown[]>;
}

/** Starts `src/server.ts`, as `npm start` does. */
export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-served-'));
  const served = await serve('node', [`${ROOT}src/server.ts`], {
    cwd: folder,
    env: { NODE_ENV: 'development', ...env },
  });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${served.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return {
    ...served,
    folder,
    async signIn() {
      const response = await post('/api/v1/auth/sign-in/email', DEV_ADMIN);
      const { token } = (await response.json()) as { token: string };
      return token;
    },
    async ask<T>(token: string, query: string) {
      const response = await post('/api/v1/graphql', { query }, { authorization: `Bearer ${token}` });
      const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
    async sessions(token) {
      const response = await fetch(`${served.url}/api/v1/auth/list-sessions`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return (await response.json()) as unknown[];
    },
    async [Symbol.asyncDispose]() {
      await served.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
