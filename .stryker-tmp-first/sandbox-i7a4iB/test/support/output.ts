// @ts-nocheck
import { inspect } from 'node:util';

/** Records everything that is written to stdout and stderr, and keeps it off the terminal. */
export function captureOutput(): { text(): string; stop(): void } {
  const chunks: string[] = [];
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write);
  const console_ = {
    log: console.log,
    info: console.info,
    warn: console.warn,
    error: console.error,
    debug: console.debug,
  };
  const record = (...values: unknown[]): void => {
    chunks.push(`${values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ')}\n`);
  };
  for (const stream of streams) {
    stream.write = ((chunk: string | Uint8Array) => {
      chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    }) as typeof stream.write;
  }
  for (const method of Object.keys(console_) as (keyof typeof console_)[]) console[method] = record;
  return {
    text: () => chunks.join(''),
    stop() {
      streams.forEach((stream, index) => {
        stream.write = originals[index] as typeof stream.write;
      });
      Object.assign(console, console_);
    },
  };
}
