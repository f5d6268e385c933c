import { z } from 'zod';
import { parseDuration } from './duration.ts';

const DAY = 86_400_000;
/** A hundred years: what is added to now stays a date. */
const LONGEST = 36_500 * DAY;

const lifetime = duration(1000, 'The lifetime must be an ISO 8601 duration from PT1S to P36500D, such as "P90D".');
/** Uses are written some time after they happened, and who goes home for the night has not stopped using a key. */
const disuse = duration(DAY, 'The time without use must be an ISO 8601 duration from P1D to P36500D, such as "P90D".');

/** The rules that are to change. */
export const updateApiKeyPolicyInput = z.strictObject({
  maxLifetime: lifetime.nullish(),
  defaultLifetime: lifetime.nullish(),
  revokeUnusedAfter: disuse.nullish(),
  requireScopes: z.boolean('Whether scopes are required must be true or false.').nullish(),
  whoMayMint: z.enum(['MEMBERS', 'ADMINISTRATORS'], 'Who may mint must be MEMBERS or ADMINISTRATORS.').nullish(),
});

/** Durations in milliseconds; a rule that is left out stays as it is, and `null` takes it back. */
export type PolicyChange = z.output<typeof updateApiKeyPolicyInput>;

function duration(shortest: number, message: string) {
  return z.string(message).transform((value, context) => {
    const milliseconds = parseDuration(value);
    if (milliseconds !== undefined && milliseconds >= shortest && milliseconds <= LONGEST) return milliseconds;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
