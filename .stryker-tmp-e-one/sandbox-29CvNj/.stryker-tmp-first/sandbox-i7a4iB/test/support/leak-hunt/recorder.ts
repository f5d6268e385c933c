// @ts-nocheck
// 
import type { Secret } from './traces.ts';

/** Everything of a response that somebody could read. */
export interface Recorded {
  readonly label: string;
  readonly status: number;
  readonly text: string;
}

/** An HTTP client that keeps every response, and what in it is a secret. */
export class Recorder {
  readonly #url: string;
  readonly responses: Recorded[] = [];
  /** Keys that were answered. */
  readonly keys: Secret[] = [];
  /** Things that were sent in the wrong place, or were never to come back. */
  readonly planted: Secret[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  async send(
    label: string,
    path: string,
    init: RequestInit,
  ): Promise<{ status: number; body: string; headers: Headers }> {
    const response = await fetch(`${this.#url}${path}`, { redirect: 'manual', ...init });
    const body = await response.text();
    const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    this.responses.push({ label, status: response.status, text: `${response.statusText}\n${head}\n\n${body}` });
    const key = /"key":"(osk_[\w-]{43})"/.exec(body)?.[1];
    if (key !== undefined) this.keys.push({ label: `key ${this.keys.length + 1} (${label})`, value: key });
    return { status: response.status, body, headers: response.headers };
  }

  /** A new value that looks like a key and is none, to be put somewhere it does not belong. */
  plant(where: string): string {
    const value = `osk_${crypto.getRandomValues(Buffer.alloc(32)).toString('hex').slice(0, 43)}`;
    this.planted.push({ label: `a secret pasted as ${where}`, value });
    return value;
  }
}
