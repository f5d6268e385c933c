// @ts-nocheck
import { Readable } from 'node:stream';
import { main } from '../../src/cli/main.ts';
import type { Finished, RunOptions } from './process.ts';

/**
 * Runs the command in this process, which takes milliseconds where a process of its own takes a second. What it
 * reads and writes is what it would be there: standard streams, the environment, the exit code. Not two at once.
 */
export async function runCli(args: readonly string[], { env = {}, input = '' }: RunOptions = {}): Promise<Finished> {
  const environment = { ...process.env };
  const streams = { stdin: process.stdin, out: process.stdout.write, err: process.stderr.write };
  const written = { stdout: '', stderr: '' };
  const record = (stream: keyof typeof written) =>
    ((chunk: string | Uint8Array) => {
      written[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    }) as typeof process.stdout.write;
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true });
  process.stdout.write = record('stdout');
  process.stderr.write = record('stderr');
  setEnvironment(env);
  try {
    const code = await main(args, () => Promise.reject(new Error('no server is started here')));
    return { code, ...written };
  } finally {
    process.stdout.write = streams.out;
    process.stderr.write = streams.err;
    Object.defineProperty(process, 'stdin', { value: streams.stdin, configurable: true });
    setEnvironment(Object.fromEntries(Object.keys(env).map((name) => [name, environment[name]])));
  }
}

/** `undefined` takes a variable away. */
function setEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
