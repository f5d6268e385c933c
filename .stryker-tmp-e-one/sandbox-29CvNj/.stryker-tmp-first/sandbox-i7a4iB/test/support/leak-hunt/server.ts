// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { DEV_ADMIN } from '../kernel.ts';
import { type Served, serve } from '../process.ts';
import type { Session } from './drive.ts';
import type { Fault } from './fault.ts';
import { Recorder } from './recorder.ts';
import type { Secret } from './traces.ts';

const ENTRY = fileURLToPath(new URL('../../../src/server.ts', import.meta.url));
const PRELOAD = new URL('preload.ts', import.meta.url).href;

/** The standalone server in a process of its own, at its most talkative, in which things can be made to fail. */
export class HuntedServer implements AsyncDisposable {
  readonly url: string;
  readonly recorder: Recorder;
  /** Session tokens, passwords and the secret that signs cookies. */
  readonly secrets: Secret[];
  readonly #served: Served;
  readonly #folder: string;
  readonly #password: string;

  private constructor(served: Served, folder: string, password: string, secrets: Secret[]) {
    this.url = served.url;
    this.#served = served;
    this.#folder = folder;
    this.#password = password;
    this.recorder = new Recorder(served.url);
    this.secrets = secrets;
  }

  static async start(): Promise<HuntedServer> {
    const folder = await mkdtemp(join(tmpdir(), 'leak-hunt-'));
    const [password, authSecret, metricsToken] = [`Pw-${randomUUID()}`, `${randomUUID()}${randomUUID()}`, randomUUID()];
    const served = await serve('node', [ENTRY], {
      cwd: folder,
      env: {
        NODE_ENV: 'development',
        LOG_LEVEL: 'debug',
        AUTH_SECRET: authSecret,
        METRICS_TOKEN: metricsToken,
        OS_SEED_ADMIN_PASSWORD: password,
        MINT_LIMIT_PER_USER: 'off',
        MINT_LIMIT_PER_ADDRESS: 'off',
        MAX_ACTIVE_KEYS: 'off',
        NODE_OPTIONS: `--import ${PRELOAD}`,
        LEAK_HUNT_FAULT: join(folder, 'fault.json'),
      },
    });
    return new HuntedServer(served, folder, password, [
      { label: 'the password', value: password },
      { label: 'AUTH_SECRET', value: authSecret },
      { label: 'METRICS_TOKEN', value: metricsToken },
    ]);
  }

  async signIn(): Promise<Session> {
    const response = await fetch(`${this.url}/api/v1/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ email: DEV_ADMIN.email, password: this.#password }),
    });
    const { token } = (await response.json()) as { token: string };
    this.secrets.push({ label: `session token ${this.secrets.length - 2}`, value: token });
    return { token, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  }

  /** Records what the metrics tell. */
  async readMetrics(): Promise<number> {
    const token = this.secrets.find(({ label }) => label === 'METRICS_TOKEN')?.value ?? '';
    const { status } = await this.recorder.send('metrics', '/metrics', {
      headers: { authorization: `Bearer ${token}` },
    });
    return status;
  }

  /** Lets something go wrong while the work is done. */
  async during(fault: Fault, work: () => Promise<void>): Promise<void> {
    const file = join(this.#folder, 'fault.json');
    await writeFile(file, JSON.stringify(fault));
    try {
      await work();
    } finally {
      await rm(file);
    }
  }

  /** A second connection to the database, as another process has. */
  database(): DatabaseSync {
    return new DatabaseSync(join(this.#folder, 'data', 'objectstack.db'));
  }

  output(): string {
    return this.#served.output();
  }

  stop(): Promise<number | null> {
    return this.#served.stop();
  }

  /** The files of the database (and of SQLite's journal), byte for byte. */
  async files(): Promise<Map<string, Buffer>> {
    const folder = join(this.#folder, 'data');
    const names = await readdir(folder);
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#served.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
