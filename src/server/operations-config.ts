import { z } from 'zod';

/** How the server is watched and stopped. */
export interface OperationsConfig {
  readonly drain: DrainOptions;
}

export interface DrainOptions {
  /** Milliseconds in which new requests are still answered after `/readyz` says no, for balancers to notice. */
  readonly delay: number;
  /** Milliseconds that running requests may then take to finish. */
  readonly timeout: number;
}

const milliseconds = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a number of milliseconds, at most 600000')
  .meta({ values: '0 to 600000' })
  .transform(Number)
  .refine((value) => value <= 600_000, 'must be a number of milliseconds, at most 600000');

/** The variables that say how the server is watched and stopped. */
export const operationsEnvironment = {
  DRAIN_DELAY_MS: milliseconds
    .default(0)
    .describe(
      'Milliseconds in which new requests are still answered after `/readyz` says no, for balancers to notice.',
    ),
  DRAIN_TIMEOUT_MS: milliseconds
    .default(10_000)
    .describe('Milliseconds that running requests may then take to finish.'),
};

type OperationsEnvironment = z.output<z.ZodObject<typeof operationsEnvironment>>;

export function operationsConfig(env: OperationsEnvironment): OperationsConfig {
  return { drain: { delay: env.DRAIN_DELAY_MS, timeout: env.DRAIN_TIMEOUT_MS } };
}
