// @ts-nocheck
import type { Result } from '../parts/contest.ts';
import type { Verdict } from './report.ts';

export function atLeast(what: string, value: number, least: number): Verdict {
  return { what, value, target: `>= ${least}`, met: value >= least };
}

export function atMost(what: string, value: number, most: number): Verdict {
  return { what, value, target: `<= ${most}`, met: value <= most };
}

/** Answers a second at so many connections. */
export function rateAt({ name, loads }: Result, connections: number): number {
  const found = loads.find((load) => load.connections === connections);
  if (found === undefined) throw new Error(`${name} was not measured at ${connections} connections`);
  return found.rate;
}
