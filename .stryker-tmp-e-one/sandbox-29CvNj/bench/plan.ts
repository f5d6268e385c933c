/** How much is measured. */
// @ts-nocheck

export interface Plan {
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly secondsPerRound: number;
  readonly warmUpSeconds: number;
  readonly starts: number;
  /** Rows of `sys_api_key` in the part on table size. */
  readonly tableSizes: readonly number[];
  /** Mints after which memory is looked at, the lower first. */
  readonly memoryAfter: readonly [number, number];
}

export const FULL: Plan = {
  connections: [1, 32, 256],
  rounds: 3,
  secondsPerRound: 5,
  warmUpSeconds: 5,
  starts: 5,
  tableSizes: [1000, 100_000, 1_000_000],
  memoryAfter: [1000, 100_000],
};

/** Shows that everything runs, in a minute or two; its figures are not for quoting. */
export const QUICK: Plan = {
  connections: [1, 32],
  rounds: 1,
  secondsPerRound: 3,
  warmUpSeconds: 2,
  starts: 1,
  tableSizes: [2000, 20_000],
  memoryAfter: [1000, 3000],
};
