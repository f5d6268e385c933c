/** A day, in milliseconds. */
export const DAY = 86_400_000;
/** How long before the end of a key its owner is reminded, in days. */
const REMINDERS = [1, 7, 30] as const;
/** The first of them, in milliseconds. */
export const FIRST_REMINDER = 30 * DAY;

/**
 * Which reminder is due at this moment, in days before the end: the last one whose time has come, so that
 * nobody gets two at once. A key that lives for less than that is none to be reminded of so early.
 *
 * @param begins when the time began that is about to be over.
 */
export function reminderDue(begins: number, ends: number, now: number): number | undefined {
  if (now >= ends) return undefined;
  return REMINDERS.find((days) => ends - now <= days * DAY && ends - begins > days * DAY);
}
