import { currentRequest, type RequestScope } from '../http/request-scope.ts';
import type { Row } from './engine.ts';

/**
 * What one request has looked up already. A request asks several times who it comes from, in different
 * places that know nothing of each other; until it writes something, the first answer will do. Nothing is
 * kept past the request.
 */
export class RequestMemo {
  readonly #applies: () => boolean;
  readonly #known = new WeakMap<RequestScope, Map<string, Promise<Row[]>>>();

  /** @param applies whether answers are to be remembered for the request that is under way. */
  constructor(applies: () => boolean) {
    this.#applies = applies;
  }

  /** The answer to a question that this request asked before, or else a new one. */
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
      // A failure is no answer to whoever asks next.
      const answers = known;
      rows.catch(() => answers.delete(question));
    }
    return rows;
  }

  /** To be called when the request that is under way writes, before and after. */
  forget(): void {
    const request = currentRequest();
    if (request !== undefined) this.#known.delete(request);
  }
}
