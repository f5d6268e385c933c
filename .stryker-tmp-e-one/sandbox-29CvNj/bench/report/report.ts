// @ts-nocheck
import type { Result } from '../parts/contest.ts';

/** A target of the issue, and whether it is met. */
export interface Verdict {
  readonly what: string;
  readonly value: number;
  readonly target: string;
  readonly met: boolean;
}

/** What one part found. */
export interface Report {
  /** The name of its file under `bench/results/`. */
  readonly part: string;
  readonly title: string;
  readonly results?: readonly Result[];
  readonly figures?: readonly Readonly<Record<string, string | number>>[];
  readonly verdicts: readonly Verdict[];
}
