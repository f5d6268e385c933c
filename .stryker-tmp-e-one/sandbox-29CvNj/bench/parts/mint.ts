// @ts-nocheck
import { hashApiKey } from '@objectstack/core';
import type { Database, Lab } from '../lab/database.ts';
import type { Sample } from '../lab/load.ts';
import type { Seed } from '../lab/seed.ts';
import { keyIn, mintGraphQL, mintRest } from '../lab/workloads.ts';
import type { Plan } from '../plan.ts';
import type { Report, Verdict } from '../report/report.ts';
import { atLeast, atMost, rateAt } from '../report/verdict.ts';
import { type Contender, contest } from './contest.ts';

const FLOOR: Contender = { name: 'floor', target: 'floor', workload: mintRest };
const LIMIT: Contender = { name: 'limit', target: 'limit', workload: mintRest };
const PLATFORM: Contender = { name: 'platform POST /keys', target: 'platform', workload: mintRest };
const GRAPHQL: Contender = { name: 'GraphQL mutation', target: 'service', workload: mintGraphQL };
const REST: Contender = { name: 'REST shim', target: 'service', workload: mintRest };

/** Minting: the floor, the limit, the platform's own route, and the two endpoints of this service. */
export async function mintPart(lab: Lab, seeded: Database, seed: Seed, plan: Plan): Promise<Report> {
  const before = await seeded.countKeys();
  const results = await contest(
    lab,
    seeded,
    seed,
    [FLOOR, LIMIT, PLATFORM, GRAPHQL, REST],
    plan,
    (database, samples, cutOff) => checkMints(database, samples, cutOff, before),
  );
  const [floor, , platform, graphql, rest] = results;
  if (!floor || !platform || !graphql || !rest) throw new Error('a contender is missing');
  const verdicts: Verdict[] =
    lab.engine === 'SQLite'
      ? [
          atLeast('GraphQL mutation / platform, at 32', rateAt(graphql, 32) / rateAt(platform, 32), 17),
          atLeast('GraphQL mutation / floor, at 32', rateAt(graphql, 32) / rateAt(floor, 32), 1.4),
          ...(plan.connections.includes(256)
            ? [atLeast('GraphQL mutation / floor, at 256', rateAt(graphql, 256) / rateAt(floor, 256), 1.5)]
            : []),
          atLeast('REST shim / floor, at 32', rateAt(rest, 32) / rateAt(floor, 32), 1.7),
          ...[graphql, rest].flatMap(({ name, loads }) =>
            loads
              .filter(({ connections }) => connections === 32)
              .map(({ p50, p99 }) => atMost(`${name}: p99 / p50, at 32`, p99 / p50, 2.5)),
          ),
        ]
      : [
          atLeast('GraphQL mutation / platform, at 32', rateAt(graphql, 32) / rateAt(platform, 32), 20),
          atLeast('REST shim / platform, at 32', rateAt(rest, 32) / rateAt(platform, 32), 20),
        ];
  return { part: `mint-${lab.engine.toLowerCase()}`, title: `Minting on ${lab.engine}`, results, verdicts };
}

/** Every counted answer has a row, every row has an answer or was cut off, and the sampled keys are the ones stored. */
async function checkMints(
  database: Database,
  samples: readonly Sample[],
  cutOff: number,
  before: number,
): Promise<void> {
  const answers = samples.reduce((sum, sample) => sum + sample.answers, 0);
  const written = (await database.countKeys()) - before;
  if (written < answers || written > answers + cutOff) {
    throw new Error(`${answers} keys were answered (and at most ${cutOff} cut off), and ${written} are stored`);
  }
  const hashes = samples.flatMap(({ bodies }) => bodies.map((body) => hashApiKey(keyIn(body))));
  const found = await database.countHashes(hashes);
  if (found !== hashes.length || new Set(hashes).size !== hashes.length) {
    throw new Error(`of ${hashes.length} answered keys that were looked up, ${found} are stored`);
  }
}
