import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DEV_ADMIN } from '../support/kernel.ts';
import { ROOT } from '../support/markdown.ts';
import { type Served, serve } from '../support/process.ts';

const start = (env: Record<string, string> = {}): Promise<Served> =>
  serve(process.execPath, ['src/server.ts'], {
    cwd: ROOT,
    env: { NODE_ENV: 'development', DATABASE_URL: 'file::memory:', LOG_LEVEL: 'info', ...env },
  });

async function signIn(server: Served): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(DEV_ADMIN),
  });
  return ((await response.json()) as { token: string }).token;
}

/** A request of which the server has the head and not yet the body: it is running until the rest is sent. */
class RunningRequest {
  readonly #socket: Socket;
  readonly #rest: string;
  #answer = '';

  private constructor(socket: Socket, rest: string) {
    this.#socket = socket;
    this.#rest = rest;
    socket.on('data', (chunk: Buffer) => {
      this.#answer += chunk.toString();
    });
    socket.on('error', () => undefined);
  }

  static async begin(server: Served, token: string, name: string): Promise<RunningRequest> {
    const body = JSON.stringify({ name });
    const socket = connect(Number(new URL(server.url).port), 'localhost');
    await once(socket, 'connect');
    const request = new RunningRequest(socket, body.slice(1));
    socket.write(
      'POST /api/v1/keys HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
        `Authorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    // The server says so when it has read the head.
    while (!request.#answer.includes('100 Continue')) await once(socket, 'data');
    socket.write(body.slice(0, 1));
    return request;
  }

  /** Sends the rest; resolves with all that the server has sent when it has closed the connection. */
  async finish(): Promise<string> {
    this.#socket.write(this.#rest);
    await once(this.#socket, 'close');
    return this.#answer;
  }

  async closed(): Promise<string> {
    if (!this.#socket.closed) await once(this.#socket, 'close');
    return this.#answer;
  }
}

async function ready(server: Served): Promise<{ status: number; body: unknown } | undefined> {
  try {
    // A connection that the listener no longer takes must not keep the test waiting.
    const response = await fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(5000) });
    return { status: response.status, body: await response.json() };
  } catch {
    return undefined;
  }
}

async function untilNotReady(server: Served): Promise<{ status: number; body: unknown } | undefined> {
  for (;;) {
    const answer = await ready(server);
    if (answer?.status !== 200) return answer;
  }
}

describe('a server that receives SIGTERM', () => {
  it('reports it at /readyz while it still responds, finishes running requests, and exits with 0', async () => {
    await using server = await start({ DRAIN_DELAY_MS: '5000' });
    expect(await ready(server)).toEqual({ status: 200, body: { status: 'ok' } });
    const token = await signIn(server);
    const running = await RunningRequest.begin(server, token, 'running');

    process.kill(server.pid, 'SIGTERM');
    expect(await untilNotReady(server)).toEqual({ status: 503, body: { status: 'draining' } });

    const alive = await fetch(`${server.url}/healthz`);
    expect(alive.status).toBe(200);
    expect(alive.headers.get('connection')).toBe('close');
    const late = await fetch(`${server.url}/api/v1/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ name: 'late' }),
    });
    expect(late.status).toBe(201);

    const answer = await running.finish();
    expect(answer).toMatch(/^HTTP\/1\.1 201 /m);
    expect(answer).toMatch(/^connection: close\r$/im);
    expect(answer).toContain('osk_');
    expect(await server.ended()).toBe(0);
  });

  it('accepts no new connections, and still finishes running requests', async () => {
    await using server = await start();
    const running = await RunningRequest.begin(server, await signIn(server), 'running');

    process.kill(server.pid, 'SIGINT');
    while ((await ready(server)) !== undefined);

    expect(await running.finish()).toContain('osk_');
    expect(await server.ended()).toBe(0);
  });

  it('does not wait for a request without end', async () => {
    await using server = await start({ DRAIN_TIMEOUT_MS: '200' });
    const stuck = await RunningRequest.begin(server, await signIn(server), 'stuck');

    process.kill(server.pid, 'SIGTERM');
    expect(await stuck.closed()).not.toContain('osk_');
    expect(await server.ended()).toBe(0);
  });

  it('exits immediately with an error at a second signal', async () => {
    await using server = await start({ DRAIN_TIMEOUT_MS: '600000' });
    const stuck = await RunningRequest.begin(server, await signIn(server), 'stuck');

    process.kill(server.pid, 'SIGTERM');
    await untilNotReady(server);
    const again = setInterval(() => process.kill(server.pid, 'SIGTERM'), 100);
    expect(await stuck.closed()).not.toContain('osk_');
    clearInterval(again);
    expect(await server.ended()).toBe(143);
  });
});

it('npm start passes a signal on: no server is left behind', async () => {
  await using server = await serve('npm', ['start'], {
    cwd: ROOT,
    env: { NODE_ENV: 'development', DATABASE_URL: 'file::memory:' },
  });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(await server.stop()).toBe(0);
  await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
});

describe('the log of a server in production', () => {
  it('is one JSON object a line, on both streams, from the first line to the last', async () => {
    const server = await start({
      NODE_ENV: 'production',
      AUTH_SECRET: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'debug',
    });
    await fetch(`${server.url}/api/v1/keys`, { method: 'POST', headers: { 'x-request-id': 'r-1' } });
    expect(await server.stop()).toBe(0);

    const lines = server.output().split('\n').filter(Boolean);
    expect(lines.length).toBeGreaterThan(10);
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const line of parsed) {
      expect(line).toMatchObject({ time: expect.any(String), level: expect.any(String), msg: expect.any(String) });
    }
    expect(parsed).toContainEqual(expect.objectContaining({ msg: 'request', request: 'r-1', status: 401 }));
  });
});
