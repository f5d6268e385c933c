/** What the driver hands to a target. */
// @ts-nocheck

export function required(name: 'DATABASE_URL' | 'AUTH_SECRET'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing: targets are started by bench/main.ts`);
  return value;
}
