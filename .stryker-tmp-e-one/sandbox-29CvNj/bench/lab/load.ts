// @ts-nocheck
import autocannon from 'autocannon';
import type { Credentials, Seed } from './seed.ts';

/** One kind of request, sent as each of the seeded people. */
export interface Workload {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  readonly credential: 'session' | 'key' | 'scopedKey';
  /** Whether a body is the answer that was asked for; one that is not fails the run. */
  readonly isAnswer: (body: string) => boolean;
}

export interface Load {
  readonly connections: number;
  readonly seconds: number;
}

export interface Sample {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds, from the request until the whole answer. */
  readonly p50: number;
  readonly p99: number;
  readonly answers: number;
  /** Every hundredth body, for checking. */
  readonly bodies: readonly string[];
}

const SAMPLE_EVERY = 100;
const JSON_BODY = { 'content-type': 'application/json' };

/**
 * Sends requests over HTTP and loopback. Each connection sends its next request when it has its
 * answer, as the next of the people that are its own.
 *
 * @throws Error when an answer is not a 2xx with the expected body, or a connection fails.
 */
export async function load(
  port: number,
  workload: Workload,
  { credentials }: Seed,
  { connections, seconds }: Load,
): Promise<Sample> {
  const bodies: string[] = [];
  const latencies: number[] = [];
  let seen = 0;
  let opened = 0;
  const { path, method, body } = workload;
  const requestAs = (person: Credentials): autocannon.Request => ({
    path,
    method,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(body === undefined ? {} : JSON_BODY),
      ...(workload.credential === 'session'
        ? { authorization: `Bearer ${person.token}` }
        : { 'x-api-key': person[workload.credential] }),
    },
  });
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: `http://127.0.0.1:${port}`,
        connections,
        duration: seconds,
        timeout: 30,
        setupClient: (client) => {
          const own = opened++;
          client.setRequests(credentials.filter((_, index) => index % connections === own).map(requestAs));
        },
        verifyBody: (given) => {
          const answer = String(given);
          if (seen++ % SAMPLE_EVERY === 0) bodies.push(answer);
          return workload.isAnswer(answer);
        },
      },
      (error: Error | null, finished) => (error === null ? resolve(finished) : reject(error)),
    );
    instance.on('response', (_client, _status, _bytes, milliseconds) => latencies.push(milliseconds));
  });
  const failed = result.non2xx + result.errors + result.timeouts + result.mismatches;
  if (failed > 0 || latencies.length === 0) {
    throw new Error(
      `${path} at ${connections} connections: ${result.non2xx} answers other than 2xx, ${result.errors} errors, ` +
        `${result.mismatches} unexpected bodies among ${latencies.length}; for instance ${bodies.at(-1)?.slice(0, 300)}`,
    );
  }
  latencies.sort((a, b) => a - b);
  return {
    rate: latencies.length / result.duration,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    answers: latencies.length,
    bodies,
  };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
