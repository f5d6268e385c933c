// @ts-nocheck
import { currentRequest, type RequestScope } from '../http/request-scope.ts';
import type { Row } from './engine.ts';

/**
 * Remembers the look-ups of one request. Independent parts of the code look up the same person several
 * times during a request; until it writes something, the first result is reused. Nothing is kept after the
 * request.
 */
export class RequestMemo {
  readonly #applies: () => boolean;
  readonly #known = new WeakMap<RequestScope, Map<string, Promise<Row[]>>>();

  /** @param applies whether to remember results for the current request. */
  constructor(applies: () => boolean) {
    this.#applies = applies;
  }

  /** The remembered result of this request, or a new one. */
  remember(question: string, ask: () => Promise<Row[]>): Promise<Row[]> {
    const request = currentRequest();
    if (request === undefined || !this.#applies()) return ask();
    let known = this.#known.get(request);
    if (known === undefined) {
      known = new Map();
      this.#known.set(request, known);
    }
    let rows = known.get(question);
    if (rows === undefined) {
      rows = ask();
      known.set(question, rows);
      // A failure is not remembered.
      const answers = known;
      rows.catch(() => answers.delete(question));
    }
    return rows;
  }

  /** Call this before and after the current request writes. */
  forget(): void {
    const request = currentRequest();
    if (request !== undefined) this.#known.delete(request);
  }
}
