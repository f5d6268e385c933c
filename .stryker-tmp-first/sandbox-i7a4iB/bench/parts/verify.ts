// @ts-nocheck
import type { Database, Lab } from '../lab/database.ts';
import type { Seed } from '../lab/seed.ts';
import { verifyDataApi, verifyGraphQL } from '../lab/workloads.ts';
import type { Plan } from '../plan.ts';
import type { Report } from '../report/report.ts';
import { atLeast, rateAt } from '../report/verdict.ts';
import { type Contender, contest } from './contest.ts';

const PLATFORM: Contender = { name: 'platform data API', target: 'platform', workload: verifyDataApi };
const SERVICE: Contender = { name: 'viewer { apiKeys }', target: 'service', workload: verifyGraphQL };

/** Authenticating with a key and listing its owner's first key. */
export async function verifyPart(lab: Lab, seeded: Database, seed: Seed, plan: Plan): Promise<Report> {
  const results = await contest(lab, seeded, seed, [PLATFORM, SERVICE], plan, async () => undefined);
  const [platform, service] = results;
  if (!platform || !service) throw new Error('a contender is missing');
  return {
    part: `verify-${lab.engine.toLowerCase()}`,
    title: `Verifying a key and listing one, on ${lab.engine}`,
    results,
    verdicts: [atLeast('viewer { apiKeys } / platform, at 32', rateAt(service, 32) / rateAt(platform, 32), 10)],
  };
}
