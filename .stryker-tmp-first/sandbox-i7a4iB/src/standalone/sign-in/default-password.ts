// @ts-nocheck
import { ConfigurationError } from '../../base/configuration-error.ts';
import type { DataEngine, Row } from '../../platform/engine.ts';
import type { Statement } from './state.ts';

/** The password that the platform gives to the administrator of a development database. */
export const DEV_ADMIN = { email: 'admin@objectos.ai', password: 'admin123' };

/** Checking one password takes about 60 ms. */
const MOST_ADMINISTRATORS = 20;
const SYSTEM = { isSystem: true };

/** better-auth's own check of a password. */
export type VerifyPassword = (check: { readonly password: string; readonly hash: string }) => Promise<boolean>;

/**
 * Rejects a database in which an administrator still has the well-known password: a development database
 * that is used in production.
 *
 * @throws ConfigurationError naming the accounts, and what to do.
 */
export async function refuseDefaultPassword(engine: DataEngine, run: Statement, verify: VerifyPassword): Promise<void> {
  const affected: string[] = [];
  for (const person of await candidates(engine)) {
    const credentials = await run("SELECT password FROM sys_account WHERE user_id = ? AND provider_id = 'credential'", [
      person['id'],
    ]);
    for (const { password: hash } of credentials) {
      if (typeof hash !== 'string' || hash === '') continue;
      if (await verify({ password: DEV_ADMIN.password, hash })) affected.push(String(person['email']));
    }
  }
  if (affected.length === 0) return;
  throw new ConfigurationError([
    `DATABASE_URL names a database in which ${affected.join(', ')} has the development password, which is public. Use an empty database; or start this one once with NODE_ENV=development, sign in, change the password, and start again.`,
  ]);
}

/** The development administrator, under the address that it has now, and the other administrators of the platform. */
async function candidates(engine: DataEngine): Promise<Row[]> {
  const addresses = new Set([DEV_ADMIN.email, process.env['OS_SEED_ADMIN_EMAIL']?.trim().toLowerCase() ?? '']);
  const found = new Map<unknown, Row>();
  for (const email of addresses) {
    for (const row of await engine.find('sys_user', { where: { email }, context: SYSTEM })) found.set(row['id'], row);
  }
  const [set] = await engine.find('sys_permission_set', {
    where: { name: 'admin_full_access' },
    limit: 1,
    context: SYSTEM,
  });
  if (set === undefined) return [...found.values()];
  const grants = await engine.find('sys_user_permission_set', {
    where: { permission_set_id: set['id'] },
    limit: MOST_ADMINISTRATORS,
    context: SYSTEM,
  });
  for (const { user_id: id } of grants) {
    const [row] = await engine.find('sys_user', { where: { id }, limit: 1, context: SYSTEM });
    if (row !== undefined) found.set(id, row);
  }
  return [...found.values()];
}
