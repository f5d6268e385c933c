// @ts-nocheck
import type { Database, Lab } from '../lab/database.ts';
import { load, type Sample, type Workload } from '../lab/load.ts';
import type { Seed } from '../lab/seed.ts';
import { Target, type TargetName } from '../lab/target.ts';
import type { Plan } from '../plan.ts';
import { median } from '../report/median.ts';

/** One of those that are compared: a kind of server and what is asked of it. */
export interface Contender {
  readonly name: string;
  readonly target: TargetName;
  readonly workload: Workload;
}

export interface Measured {
  readonly connections: number;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of processor time of the server, for each answer. */
  readonly cpu: number;
}

export interface Result {
  readonly name: string;
  /** Milliseconds from the start of the process until it listens. */
  readonly startUp: number;
  /** Megabytes of resident memory after everything. */
  readonly memory: number;
  /** The median of the rounds. */
  readonly loads: readonly Measured[];
  /** The rate of each round, by connections, for seeing how far they are apart. */
  readonly rates: Readonly<Record<number, readonly number[]>>;
  /** Answers of all rounds, warm-up included. */
  readonly answers: number;
}

interface Running extends AsyncDisposable {
  readonly contender: Contender;
  readonly target: Target;
  readonly database: Database;
  readonly rounds: Measured[];
  readonly samples: Sample[];
  /** Requests that may have been under way when a round ended. */
  cutOff: number;
}

/** What is checked when all is over; it throws when an answer was not what it seemed. */
export type Check = (database: Database, samples: readonly Sample[], cutOff: number) => Promise<void>;

/**
 * Starts every contender on its own copy of the seeded database and lets them take turns, so that
 * what the machine does besides falls on all of them.
 */
export async function contest(
  lab: Lab,
  seeded: Database,
  seed: Seed,
  contenders: readonly Contender[],
  plan: Plan,
  check: Check,
): Promise<Result[]> {
  await using stack = new AsyncDisposableStack();
  const running: Running[] = [];
  for (const contender of contenders) {
    const database = await lab.copy(seeded);
    const target = stack.use(await Target.start(contender.target, database.url));
    running.push({
      contender,
      target,
      database,
      rounds: [],
      samples: [],
      cutOff: 0,
      [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
    });
  }
  const warmUp = { connections: 32, seconds: plan.warmUpSeconds };
  for (const one of running) await run(one, seed, warmUp);
  for (const connections of plan.connections) {
    for (let round = 0; round < plan.rounds; round += 1) {
      for (let turn = 0; turn < running.length; turn += 1) {
        const one = running[(turn + round) % running.length];
        if (one !== undefined) one.rounds.push(await run(one, seed, { connections, seconds: plan.secondsPerRound }));
      }
    }
  }
  const results: Result[] = [];
  for (const one of running) {
    const { rss } = await one.target.usage('settled');
    await one.target[Symbol.asyncDispose]();
    await check(one.database, one.samples, one.cutOff);
    results.push(summary(one, rss));
  }
  return results;
}

async function run(one: Running, seed: Seed, given: { connections: number; seconds: number }): Promise<Measured> {
  const before = await one.target.usage();
  const sample = await load(one.target.port, one.contender.workload, seed, given);
  const after = await one.target.usage();
  one.samples.push(sample);
  one.cutOff += given.connections;
  const { rate, p50, p99, answers } = sample;
  return { connections: given.connections, rate, p50, p99, cpu: (after.cpu - before.cpu) / answers };
}

function summary({ contender, target, rounds, samples }: Running, rss: number): Result {
  const byConnections = Map.groupBy(rounds, ({ connections }) => connections);
  return {
    name: contender.name,
    startUp: target.startUp,
    memory: rss / 1e6,
    loads: [...byConnections].map(([connections, of]) => ({
      connections,
      rate: median(of.map(({ rate }) => rate)),
      p50: median(of.map(({ p50 }) => p50)),
      p99: median(of.map(({ p99 }) => p99)),
      cpu: median(of.map(({ cpu }) => cpu)),
    })),
    rates: Object.fromEntries([...byConnections].map(([connections, of]) => [connections, of.map(({ rate }) => rate)])),
    answers: samples.reduce((sum, { answers }) => sum + answers, 0),
  };
}
