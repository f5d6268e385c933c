// @ts-nocheck
import { serverOrigin } from './address.ts';
import { Server } from './client.ts';
import type { Operation } from './key-operations.ts';
import { withSession } from './session.ts';

/** Options of every command that asks a server. */
export interface ServerOptions {
  readonly url: string;
  readonly email?: string;
  readonly insecure?: boolean;
  readonly json?: boolean;
}

/** Runs an operation on the server, in the session of the command. */
export type Execute = <Data, Variables>(operation: Operation<Data, Variables>, variables: Variables) => Promise<Data>;

/** The server that the options name. */
export function serverOf(options: ServerOptions): Server {
  return new Server(serverOrigin(options.url, options.insecure ?? false));
}

/** Signs in and runs `work`. */
export async function connected<T>(options: ServerOptions, work: (execute: Execute) => Promise<T>): Promise<T> {
  const server = serverOf(options);
  return withSession(server, options.email, (credential) =>
    work((operation, variables) => server.execute(credential, operation, variables)),
  );
}
