// @ts-nocheck
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** What a finished process left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Set over the environment of this process; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the process reads; without it standard input is empty. */
  readonly input?: string;
  /** Send it only when this has been written to standard output: a prompt. */
  readonly inputWhen?: string;
  /** Run it in a process group of its own, which is stopped as Ctrl-C at a terminal stops it. */
  readonly foreground?: boolean;
}

/** Runs a command to its end. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = start(command, args, options);
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const { input = '', inputWhen } = options;
  // A process may end without reading what it is given.
  child.stdin?.on('error', () => undefined);
  if (inputWhen === undefined) child.stdin?.end(input);
  else {
    const answer = (): void => {
      if (!stdout().includes(inputWhen)) return;
      child.stdout?.off('data', answer);
      // Not ended: a terminal goes on after an answer.
      child.stdin?.write(input);
    };
    child.stdout?.on('data', answer);
  }
  const [code] = (await once(child, 'close')) as [number | null];
  child.stdin?.destroy();
  return { code, stdout: stdout(), stderr: stderr() };
}

/** A server in a process of its own. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  output(): string;
  /** Its exit code, once it has ended by itself or by a signal that was sent to it. */
  ended(): Promise<number | null>;
  /** Asks it to stop and waits for its end. */
  stop(): Promise<number | null>;
}

/** Starts a server and waits until it answers at a port that was free a moment before. */
export async function serve(command: string, args: readonly string[], options: RunOptions = {}): Promise<Served> {
  const port = await freePort();
  const child = start(command, args, { ...options, env: { ...options.env, PORT: String(port) } });
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const output = (): string => stdout() + stderr();
  const ended = once(child, 'close') as Promise<[number | null]>;
  const url = `http://localhost:${port}`;
  const deadline = Date.now() + 110_000;
  while (!(await answers(`${url}/api/v1/graphql`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the server did not start:\n${output()}`);
    }
  }
  const exitCode = async (): Promise<number | null> => (await ended)[0];
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) {
      if (options.foreground && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
      else child.kill('SIGTERM');
    }
    return exitCode();
  };
  return {
    url,
    pid: child.pid ?? 0,
    output,
    ended: exitCode,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/** Whether a server is there and past its start, when it answers 503. */
async function answers(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(5000) });
    return status !== 503;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return false;
  }
}

/** The machine code of modules, for every process that the tests start: a start is a fifth cheaper with it. */
const COMPILE_CACHE = { NODE_COMPILE_CACHE: fileURLToPath(new URL('../../.tmp/compile-cache', import.meta.url)) };

/** What vitest puts into the environment would configure the server, and switch off checks of better-auth. */
const OF_THE_TEST_RUNNER = {
  BASE_URL: undefined,
  NODE_ENV: undefined,
  // Of the kernels that other tests have booted in this worker.
  OS_REGISTRY_LOG: undefined,
  TEST: undefined,
  VITEST: undefined,
};

function start(command: string, args: readonly string[], options: RunOptions): ChildProcess {
  const given = { ...process.env, ...OF_THE_TEST_RUNNER, ...COMPILE_CACHE, ...options.env };
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return spawn(command, args, { cwd: options.cwd, env, stdio: 'pipe', detached: options.foreground ?? false });
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  const chunks: Buffer[] = [];
  child[stream]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
