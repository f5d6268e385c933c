/** Headers by name, in any case; each has one value. */
// @ts-nocheck

// 

export class AnswerHeaders {
  readonly #values = new Map<string, string>();

  constructor(values: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(values)) this.set(name, value);
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), value);
  }

  [Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    return this.#values.entries();
  }
}

/** The response of an endpoint: like a `Response` of the Fetch standard, but cheaper. */
export class Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string | null;

  constructor(status: number, headers: Readonly<Record<string, string>> | AnswerHeaders, body: string | null) {
    this.status = status;
    this.headers = headers instanceof AnswerHeaders ? headers : new AnswerHeaders(headers);
    this.body = body;
  }
}
