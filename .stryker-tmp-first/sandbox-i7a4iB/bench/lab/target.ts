// @ts-nocheck
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Question, TargetMessage, Usage } from '../targets/probe.ts';

export type TargetName = 'floor' | 'limit' | 'platform' | 'governed' | 'service';

/** The one secret of a run: sessions of the seed must verify in every kernel. */
const AUTH_SECRET = 'of the benchmark, used nowhere else: 0b2cc0b1';

/** What a database says when each commit is synced. */
const SYNCED_COMMITS = new Set(['2', 'on']);

/** The limits are on and counted, and higher than what one machine can send. */
const LIMITS = {
  MINT_LIMIT_PER_USER: '100000000/PT1M',
  MINT_LIMIT_PER_ADDRESS: '100000000/PT1M',
  MAX_ACTIVE_KEYS: '100000000',
};

/** A measured server, in a process of its own. */
export class Target implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly port: number;
  /** Milliseconds from the start of the process until it listens. */
  readonly startUp: number;

  private constructor(child: ChildProcess, port: number, startUp: number) {
    this.#process = child;
    this.port = port;
    this.startUp = startUp;
  }

  /**
   * Starts `bench/targets/<name>.ts` and waits until it listens.
   *
   * @param execArgv further options of Node, such as `--cpu-prof`.
   * @throws Error when it ends, or does not say that its commits are synced.
   */
  static async start(name: TargetName, databaseUrl: string, execArgv: readonly string[] = []): Promise<Target> {
    const started = performance.now();
    const child = forkTarget(name, databaseUrl, 'production', execArgv);
    let commits: string | undefined;
    const port = await answer(child, name, (message) => {
      if ('commits' in message) commits = message.commits;
      return 'listening' in message ? message.listening : undefined;
    });
    const startUp = performance.now() - started;
    if (commits === undefined || !SYNCED_COMMITS.has(commits)) {
      child.disconnect();
      throw new Error(`${name}: its commits are not synced (${commits})`);
    }
    return new Target(child, port, startUp);
  }

  /** What the process has used so far. */
  usage(question: Question = 'usage'): Promise<Usage> {
    const told = answer(this.#process, question, (message) => ('usage' in message ? message.usage : undefined));
    this.#process.send(question);
    return told;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    if (this.#process.connected) this.#process.disconnect();
    await ended;
  }
}

/** Runs `bench/targets/seed.ts` to its end and gives back what it tells. */
export async function runSeed<T>(databaseUrl: string): Promise<T> {
  const child = forkTarget('seed', databaseUrl, 'development', []);
  const ended = once(child, 'exit');
  const seeded = await answer(child, 'seed', (message) => ('seeded' in message ? message.seeded : undefined));
  await ended;
  return seeded as T;
}

function forkTarget(
  name: TargetName | 'seed',
  databaseUrl: string,
  nodeEnv: string,
  execArgv: readonly string[],
): ChildProcess {
  return fork(fileURLToPath(new URL(`../targets/${name}.ts`, import.meta.url)), {
    execArgv: ['--expose-gc', ...execArgv, '--import', new URL('../targets/probe.ts', import.meta.url).href],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: nodeEnv,
      DATABASE_URL: databaseUrl,
      AUTH_SECRET,
      BASE_URL: 'http://localhost:3000',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'info',
      OS_REGISTRY_LOG: 'warn',
      // In production the service refuses a database whose administrator has the platform's well-known password.
      OS_SEED_ADMIN_PASSWORD: AUTH_SECRET,
      ...LIMITS,
    },
    // It writes its log as in production, for nobody to read.
    stdio: ['ignore', 'ignore', process.env['BENCH_STDERR'] === undefined ? 'ignore' : 'inherit', 'ipc'],
  });
}

function answer<T>(child: ChildProcess, name: string, pick: (message: TargetMessage) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      const picked = pick(message as TargetMessage);
      if (picked === undefined) return;
      settle();
      resolve(picked);
    };
    const onExit = (code: number | null): void => {
      settle();
      reject(new Error(`${name}: the process ended with ${code}. BENCH_STDERR=1 shows what it says.`));
    };
    const settle = (): void => {
      child.off('message', onMessage).off('exit', onExit);
    };
    child.on('message', onMessage).on('exit', onExit);
  });
}
