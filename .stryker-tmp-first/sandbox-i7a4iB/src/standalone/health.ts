// @ts-nocheck
import type { Context, Hono } from 'hono';
import { withDeadline } from '../base/deadline.ts';

type State = 'ok' | 'draining' | 'unavailable';

/**
 * `/healthz`: the process is alive. A supervisor restarts the process if this does not respond. It does not
 * check the database, because a restart would not repair that.
 *
 * `/readyz`: the process can handle requests. A load balancer uses other replicas while this returns 503.
 */
export class Health {
  readonly #askDatabase: () => Promise<unknown>;
  readonly #deadline: number;
  #draining = false;
  #pending: Promise<State> | undefined;

  /**
   * @param askDatabase a cheap question to the database that rejects when it has no answer.
   * @param deadline milliseconds that the answer may take.
   */
  constructor(askDatabase: () => Promise<unknown>, deadline: number) {
    this.#askDatabase = askDatabase;
    this.#deadline = deadline;
  }

  /** From here on `/readyz` says no. */
  drain(): void {
    this.#draining = true;
  }

  mount(app: Hono): void {
    app.get('/healthz', (context) => answer(context, 'ok'));
    app.get('/readyz', async (context) => answer(context, this.#draining ? 'draining' : await this.#database()));
  }

  /** Anybody may ask, so those who ask at the same time share one question to the database. */
  #database(): Promise<State> {
    this.#pending ??= withDeadline(this.#askDatabase(), this.#deadline)
      .then((): State => 'ok')
      .catch((): State => 'unavailable')
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }
}

function answer(context: Context, status: State): Response {
  return context.json({ status }, status === 'ok' ? 200 : 503, { 'Cache-Control': 'no-store' });
}
