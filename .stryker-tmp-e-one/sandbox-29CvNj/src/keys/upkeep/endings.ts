// @ts-nocheck
import { DAY } from '../../base/time.ts';

/** How long before the end of a key its owner is reminded, in days. */
const REMINDERS = [1, 7, 30] as const;
/** The first of them, in milliseconds. */
export const FIRST_REMINDER = 30 * DAY;

/**
 * Which reminder is due now, in days before the end: only the last one whose time has come. A key gets no
 * reminder that is earlier than its beginning.
 *
 * @param begins when the time that is about to end began.
 */
export function reminderDue(begins: number, ends: number, now: number): number | undefined {
  if (now >= ends) return undefined;
  return REMINDERS.find((days) => ends - now <= days * DAY && ends - begins > days * DAY);
}
