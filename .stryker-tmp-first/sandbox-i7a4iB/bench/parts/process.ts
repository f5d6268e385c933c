// @ts-nocheck
import type { Database, Lab } from '../lab/database.ts';
import { load } from '../lab/load.ts';
import type { Seed } from '../lab/seed.ts';
import { Target } from '../lab/target.ts';
import { mintGraphQL } from '../lab/workloads.ts';
import type { Plan } from '../plan.ts';
import { median } from '../report/median.ts';
import type { Report } from '../report/report.ts';
import { atMost } from '../report/verdict.ts';

/** Milliseconds. */
interface Start {
  readonly elapsed: number;
  readonly cpu: number;
}

/** How long the process takes to start, and whether its memory grows with the keys that it has minted. */
export async function processPart(lab: Lab, seeded: Database, seed: Seed, plan: Plan): Promise<Report> {
  const platform: Start[] = [];
  const service: Start[] = [];
  // Without people: at each start the platform looks at every member in the background, for as long as that takes.
  const database = { platform: await lab.createEmpty(), service: await lab.createEmpty() };
  const start = async (name: 'platform' | 'service'): Promise<Start> => {
    await using target = await Target.start(name, database[name].url);
    return { elapsed: target.startUp, cpu: (await target.usage()).cpu };
  };
  // The first start makes the schema, and is not counted.
  await start('platform');
  await start('service');
  for (let round = 0; round < plan.starts; round += 1) {
    platform.push(await start('platform'));
    service.push(await start('service'));
  }

  await using target = await Target.start('service', (await lab.copy(seeded)).url);
  const memory: number[] = [];
  let minted = 0;
  for (const mints of plan.memoryAfter) {
    minted += await mint(target, seed, mints - minted);
    memory.push((await target.usage('settled')).rss / 1e6);
  }
  const [fewer = 0, more = 0] = memory;
  return {
    part: 'process',
    title: 'Start-up in milliseconds, and resident megabytes after minting',
    figures: [
      { name: 'start-up, platform kernel', median: medianOf(platform, 'elapsed') },
      { name: 'start-up, this service', median: medianOf(service, 'elapsed') },
      { name: 'processor time of it, platform kernel', median: medianOf(platform, 'cpu') },
      { name: 'processor time of it, this service', median: medianOf(service, 'cpu') },
      { name: `memory after ${plan.memoryAfter[0]} mints`, median: fewer },
      { name: `memory after ${plan.memoryAfter[1]} mints`, median: more },
    ],
    verdicts: [
      atMost('start-up / platform kernel', medianOf(service, 'elapsed') / medianOf(platform, 'elapsed'), 1.2),
      atMost(`memory after ${plan.memoryAfter[1]} mints / ${plan.memoryAfter[0]}`, more / fewer, 1.3),
    ],
  };
}

function medianOf(starts: readonly Start[], figure: keyof Start): number {
  return median(starts.map((start) => start[figure]));
}

/** Mints at least so many keys. */
async function mint(target: Target, seed: Seed, least: number): Promise<number> {
  let minted = 0;
  let rate = least;
  while (minted < least) {
    const seconds = Math.min(10, Math.max(1, Math.floor((least - minted) / rate)));
    const sample = await load(target.port, mintGraphQL, seed, { connections: 32, seconds });
    minted += sample.answers;
    rate = sample.rate;
  }
  return minted;
}
