import { z } from 'zod';
import { parseDuration } from './duration.ts';

const DAY = 86_400_000;
/** A hundred years, so that now plus a duration is a valid date. */
const LONGEST = 36_500 * DAY;

const lifetime = duration(1000, 'The lifetime must be an ISO 8601 duration from PT1S to P36500D, such as "P90D".');
/** At least a day: uses are recorded with a delay, and a key may be idle overnight. */
const disuse = duration(DAY, 'The time without use must be an ISO 8601 duration from P1D to P36500D, such as "P90D".');

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

function duration(shortest: number, message: string) {
  return z.string(message).transform((value, context) => {
    const milliseconds = parseDuration(value);
    if (milliseconds !== undefined && milliseconds >= shortest && milliseconds <= LONGEST) return milliseconds;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
