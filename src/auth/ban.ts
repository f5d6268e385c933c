/**
 * Whether a person is banned now. better-auth ends the sessions of whom it bans and the platform
 * does not look at bans on the key path at all; a request in flight, or a key, must not get through.
 *
 * @param expires when the ban ends; without a readable end it does not.
 */
export function isBanned(banned: unknown, expires: unknown, now: number = Date.now()): boolean {
  if (banned !== true && banned !== 1) return false;
  // `null` would be the year 1970. What is undefined or unreadable is NaN, which is not past.
  if (expires === null) return true;
  return !(new Date(expires as string | number | Date).getTime() <= now);
}
