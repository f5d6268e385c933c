/**
 * Whether a person is banned now. better-auth ends the sessions of a banned person, but the platform
 * does not check bans for keys. A request in flight, or one with a key, must not get through.
 *
 * @param expires when the ban ends. A ban without a readable end never ends.
 */
// @ts-nocheck

export function isBanned(banned: unknown, expires: unknown, now: number = Date.now()): boolean {
  if (banned !== true && banned !== 1) return false;
  // `new Date(null)` would be 1970. An undefined or unreadable end becomes NaN, which is not in the past.
  if (expires === null) return true;
  return !(new Date(expires as string | number | Date).getTime() <= now);
}
