// @ts-nocheck
import { z } from 'zod';
import { DAY, SECOND } from '../../base/time.ts';
import { durationField } from './duration.ts';

const lifetime = durationField(
  SECOND,
  'The lifetime must be an ISO 8601 duration from PT1S to P36500D, such as "P90D".',
);
/** At least a day: uses are recorded with a delay, and a key may be idle overnight. */
const disuse = durationField(
  DAY,
  'The time without use must be an ISO 8601 duration from P1D to P36500D, such as "P90D".',
);

/** The rules that are to change. */
export const updateApiKeyPolicyInput = z.strictObject({
  maxLifetime: lifetime.nullish(),
  defaultLifetime: lifetime.nullish(),
  revokeUnusedAfter: disuse.nullish(),
  requireScopes: z.boolean('Whether scopes are required must be true or false.').nullish(),
  whoMayMint: z.enum(['MEMBERS', 'ADMINISTRATORS'], 'Who may mint must be MEMBERS or ADMINISTRATORS.').nullish(),
});

/** Durations are in milliseconds. A missing rule stays unchanged; `null` removes it. */
export type PolicyChange = z.output<typeof updateApiKeyPolicyInput>;
