// @ts-nocheck
import type { Principal } from '../../auth/principal.ts';
import type { Platform } from '../../platform/platform.ts';
import { SCOPE_PATTERN } from '../input/input.ts';

/** The permission sets that a person holds now and may use as scopes. */
export async function heldScopes(
  platform: Pick<Platform, 'permissionSetsOf'>,
  { userId, organizationId }: Pick<Principal, 'userId' | 'organizationId'>,
): Promise<string[]> {
  const held = await platform.permissionSetsOf(userId, organizationId);
  return held.filter((name) => SCOPE_PATTERN.test(name)).sort();
}
