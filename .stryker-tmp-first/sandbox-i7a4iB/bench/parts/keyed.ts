// @ts-nocheck
import type { Database, Lab } from '../lab/database.ts';
import type { Seed } from '../lab/seed.ts';
import { listDataApi, listDataApiScoped } from '../lab/workloads.ts';
import type { Plan } from '../plan.ts';
import type { Report } from '../report/report.ts';
import { atLeast, rateAt } from '../report/verdict.ts';
import { type Contender, contest } from './contest.ts';

const WITHOUT: Contender = { name: 'the kernel without the plugin', target: 'platform', workload: listDataApi };
const WITH: Contender = { name: 'the same kernel with it', target: 'governed', workload: listDataApi };
const SCOPED: Contender = { name: 'with it, a key with scopes', target: 'governed', workload: listDataApiScoped };

/** With more, the kernel without the plugin answers nothing within a round. */
const MOST_CONNECTIONS = 32;

/** What governing a key costs where it is used: a list of one record at the platform's data API. */
export async function keyedPart(lab: Lab, seeded: Database, seed: Seed, plan: Plan): Promise<Report> {
  const connections = plan.connections.filter((count) => count <= MOST_CONNECTIONS);
  const contenders = [WITHOUT, WITH, SCOPED];
  const results = await contest(lab, seeded, seed, contenders, { ...plan, connections }, async () => undefined);
  const [without, governed, scoped] = results;
  if (!without || !governed || !scoped) throw new Error('a contender is missing');
  return {
    part: `keyed-${lab.engine.toLowerCase()}`,
    title: `A keyed request at the platform's data API, on ${lab.engine}`,
    results,
    verdicts: [
      atLeast('with the plugin / without it, at 32', rateAt(governed, 32) / rateAt(without, 32), 0.97),
      atLeast('with scopes / without scopes, at 32', rateAt(scoped, 32) / rateAt(governed, 32), 0.95),
    ],
  };
}
