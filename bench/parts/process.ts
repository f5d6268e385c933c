import type { Database, Lab } from '../lab/database.ts';
import { load } from '../lab/load.ts';
import type { Seed } from '../lab/seed.ts';
import { Target, type TargetName } from '../lab/target.ts';
import { mintGraphQL } from '../lab/workloads.ts';
import type { Plan } from '../plan.ts';
import { median } from '../report/median.ts';
import type { Report } from '../report/report.ts';
import { atMost } from '../report/verdict.ts';

/** How long the process takes to start, and whether its memory grows with the keys that it has minted. */
export async function processPart(lab: Lab, seeded: Database, seed: Seed, plan: Plan): Promise<Report> {
  const platform: number[] = [];
  const service: number[] = [];
  const database = { platform: await lab.copy(seeded), service: await lab.copy(seeded) };
  const start = async (name: Exclude<TargetName, 'floor'>): Promise<number> => {
    await using target = await Target.start(name, database[name].url);
    return target.startUp;
  };
  // Each adds what it needs to the schema at its first start, which is not counted.
  await start('platform');
  await start('service');
  for (let round = 0; round < plan.starts; round += 1) {
    platform.push(await start('platform'));
    service.push(await start('service'));
  }

  await using target = await Target.start('service', database.service.url);
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
      { name: 'start-up, platform kernel', median: median(platform) },
      { name: 'start-up, this service', median: median(service) },
      { name: `memory after ${plan.memoryAfter[0]} mints`, median: fewer },
      { name: `memory after ${plan.memoryAfter[1]} mints`, median: more },
    ],
    verdicts: [
      atMost('start-up / platform kernel', median(service) / median(platform), 1.2),
      atMost(`memory after ${plan.memoryAfter[1]} mints / ${plan.memoryAfter[0]}`, more / fewer, 1.3),
    ],
  };
}

/** Mints at least so many keys. */
async function mint(target: Target, seed: Seed, least: number): Promise<number> {
  let minted = 0;
  while (minted < least) {
    const seconds = minted === 0 ? 1 : Math.min(10, Math.ceil((least - minted) / (minted / 1)));
    minted += (await load(target.port, mintGraphQL, seed, { connections: 32, seconds })).answers;
  }
  return minted;
}
