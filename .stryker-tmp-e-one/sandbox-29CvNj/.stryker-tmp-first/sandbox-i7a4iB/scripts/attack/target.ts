// @ts-nocheck
// 
import { connect } from 'node:net';

export interface Sent {
  readonly status: number;
  readonly text: string;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The server that is attacked, with a session of an administrator and a key of theirs. It counts what is sent. */
export class Target {
  readonly url: URL;
  readonly session: string;
  #key = '';
  #keyId = '';
  requests = 0;

  constructor(url: URL, session: string) {
    this.url = url;
    this.session = session;
  }

  get keyId(): string {
    return this.#keyId;
  }

  /** The header with the session. */
  get asPerson(): Record<string, string> {
    return { authorization: `Bearer ${this.session}` };
  }

  /** The header with the key. */
  get withKey(): Record<string, string> {
    return { 'x-api-key': this.#key };
  }

  async send({ method, path, body, headers = {} }: Request): Promise<Sent> {
    this.requests += 1;
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        origin: this.url.origin,
        accept: 'application/json, text/event-stream',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, text: await response.text() };
  }

  /** Sends bytes as they are, and returns what came back until the server closed, or for a second. */
  async raw(bytes: string, milliseconds = 1000): Promise<string> {
    this.requests += 1;
    const socket = connect(Number(this.url.port || 80), this.url.hostname);
    let received = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.write(bytes);
    const timer = setTimeout(() => socket.destroy(), milliseconds);
    await new Promise((resolve) => socket.once('close', resolve));
    clearTimeout(timer);
    return received;
  }

  /** Sends bytes and reads nothing of the answers, until it is told to stop. */
  deaf(bytes: string): () => void {
    this.requests += 1;
    const socket = connect(Number(this.url.port || 80), this.url.hostname);
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(bytes);
    return () => socket.destroy();
  }

  /** @throws Error when the session cannot mint: there would be nothing to attack with. */
  async arm(): Promise<void> {
    const { status, text } = await this.send({
      method: 'POST',
      path: '/api/v1/keys',
      body: { name: 'attack' },
      headers: this.asPerson,
    });
    if (status !== 201) throw new Error(`the session cannot mint a key: ${status}`);
    const made = JSON.parse(text) as { id: string; key: string };
    this.#key = made.key;
    this.#keyId = made.id;
    const read = await this.send({ method: 'GET', path: '/api/v1/data/sys_user', headers: this.withKey });
    if (read.status !== 200)
      throw new Error(`the key reads nothing, so refusals of it would say nothing: ${read.status}`);
  }

  /** Ends the key that was made for the attack. */
  async disarm(): Promise<void> {
    await this.send({
      method: 'PATCH',
      path: `/api/v1/data/sys_api_key/${this.#keyId}`,
      body: { revoked: true },
      headers: this.asPerson,
    });
  }
}

/** An attack of the list. It returns what it got when it should have got nothing. */
export interface Attack {
  readonly name: string;
  run(target: Target, count: number): Promise<string | undefined>;
}

/** The first request whose answer is not as it has to be. */
export async function firstBroken(
  target: Target,
  requests: readonly Request[],
  holds: (answer: Sent) => boolean,
): Promise<string | undefined> {
  for (const request of requests) {
    const answer = await target.send(request);
    if (!holds(answer)) return `${request.method} ${request.path}: ${answer.status}`;
  }
  return undefined;
}

export const isRefused = ({ status }: Sent): boolean => status >= 400 && status < 500;
