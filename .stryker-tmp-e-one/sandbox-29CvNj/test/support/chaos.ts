// @ts-nocheck
import { randomInt, randomUUID } from 'node:crypto';
import type { DatabaseConfig } from '../../src/standalone/config.ts';
import { type Replica, startReplica } from './replica.ts';

/** What the rounds of {@link chaos} came to. Nothing is lost when the last three are empty. */
export interface ChaosReport {
  readonly rounds: number;
  /** Keys whose answer arrived. */
  readonly answered: number;
  /** Requests whose answer did not arrive. */
  readonly unanswered: number;
  /** Of these, how many had been written nevertheless. */
  readonly writtenUnanswered: number;
  /** Names of keys that were answered and do not authenticate afterwards. */
  readonly lost: readonly string[];
  /** Names of requests that could not be repeated. */
  readonly unrepeatable: readonly string[];
  /** Names of which there are two keys. */
  readonly doubled: readonly string[];
}

export interface ChaosOptions {
  readonly rounds: number;
  /** Requests in flight at the moment of the kill. */
  readonly concurrency?: number;
  readonly onRound?: (round: number, text: string) => void;
}

/**
 * Kills a server under load with SIGKILL at a random moment, starts it again on the same database,
 * and checks that what it had promised is there. `crash` may do more at that moment, such as
 * crashing the database too.
 */
export async function chaos(
  database: DatabaseConfig,
  { rounds, concurrency = 8, onRound }: ChaosOptions,
  crash: (server: Replica) => Promise<void> = (server) => server.kill(),
): Promise<ChaosReport> {
  const totals = { answered: 0, unanswered: 0, writtenUnanswered: 0 };
  const lost: string[] = [];
  const unrepeatable: string[] = [];
  let server = await startReplica(database);
  const token = await server.signIn();
  try {
    for (let round = 1; round <= rounds; round++) {
      const load = new Load(server, token, concurrency);
      await load.hasBegun;
      await new Promise((resolve) => setTimeout(resolve, randomInt(1500)));
      await crash(server);
      const { answered, unanswered } = await load.ended;

      server = await startReplica(database);
      for (const [name, key] of answered) if ((await server.use(key)) !== 200) lost.push(name);
      const before = new Set(await namesOf(server, token));
      for (const name of unanswered) {
        const { status, apiKey } = await server.mint(token, name, name);
        if (status >= 300 || apiKey?.name !== name) unrepeatable.push(name);
      }
      totals.answered += answered.size;
      totals.unanswered += unanswered.length;
      totals.writtenUnanswered += unanswered.filter((name) => before.has(name)).length;
      onRound?.(round, `${answered.size} answered, ${unanswered.length} not, ${lost.length} lost`);
    }
    const names = await namesOf(server, token);
    const doubled = names.filter((name, index) => names.indexOf(name) !== index);
    return { rounds, ...totals, lost, unrepeatable, doubled };
  } finally {
    await server.stop();
  }
}

/** Clients that mint one key after the other, each request with an `Idempotency-Key`, until the server is gone. */
class Load {
  /** Resolves with the first answer. */
  readonly hasBegun: Promise<void>;
  readonly ended: Promise<{ answered: Map<string, string>; unanswered: string[] }>;
  readonly #answered = new Map<string, string>();
  readonly #unanswered: string[] = [];

  constructor(server: Replica, token: string, concurrency: number) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.hasBegun = promise;
    this.ended = Promise.all(Array.from({ length: concurrency }, () => this.#client(server, token, resolve))).then(
      () => {
        reject(new Error('no request was answered'));
        return { answered: this.#answered, unanswered: this.#unanswered };
      },
    );
  }

  async #client(server: Replica, token: string, begun: () => void): Promise<void> {
    for (;;) {
      const name = randomUUID();
      try {
        const { key } = await server.mint(token, name, name);
        if (key === undefined) this.#unanswered.push(name);
        else this.#answered.set(name, key);
        begun();
      } catch {
        // The connection broke: the server is gone.
        this.#unanswered.push(name);
        return;
      }
    }
  }
}

/** The names of all keys. */
async function namesOf(server: Replica, token: string): Promise<string[]> {
  const response = await server.request('/api/v1/data/sys_api_key?limit=100000&select=name', {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  return [...text.matchAll(/"name":"([^"]+)"/g)].map(([, name = '']) => name);
}
