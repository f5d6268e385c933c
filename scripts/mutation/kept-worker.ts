import { type PoolOptions, ThreadsPoolWorker } from 'vitest/node';

type Message = Parameters<ThreadsPoolWorker['send']>[0];
type Listener = Parameters<ThreadsPoolWorker['on']>[1];

/**
 * A worker that outlives a run of vitest. Loading the platform takes seconds, and most tests of one mutant
 * milliseconds; vitest ends a worker after each run.
 */
export class KeptWorker extends ThreadsPoolWorker {
  override name = 'kept';
  runs = 0;
  #config: object | undefined;
  #listeners: [event: string, listener: Listener][] = [];

  constructor(options: PoolOptions) {
    super(options);
  }

  override async start(): Promise<void> {
    if (this.#config === undefined) await super.start();
  }

  override send(message: Message): void {
    if (message.type === 'stop') {
      this.#answer('stopped');
      return;
    }
    if (message.type === 'start') {
      const started = this.#config !== undefined;
      this.#config = message.context.config;
      if (started) this.#answer('started');
      else super.send(message);
      return;
    }
    this.runs += 1;
    // vitest tells a worker once which tests to run, when it starts.
    if (message.type === 'run') Object.assign(message.context, { config: this.#config });
    super.send(message);
  }

  override on(event: string, listener: Listener): void {
    this.#listeners.push([event, listener]);
    super.on(event, listener);
  }

  override async stop(): Promise<void> {
    for (const [event, listener] of this.#listeners.splice(0)) super.off(event, listener);
  }

  async end(): Promise<void> {
    await super.stop();
  }

  #answer(type: 'started' | 'stopped'): void {
    for (const [event, listener] of [...this.#listeners]) {
      if (event === 'message') setImmediate(listener, { type, __vitest_worker_response__: true });
    }
  }
}
