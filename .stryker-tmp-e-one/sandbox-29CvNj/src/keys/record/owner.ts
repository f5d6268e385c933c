// @ts-nocheck
import type { Platform } from '../../platform/platform.ts';

/** The owner of a key. */
export interface ApiKeyOwner {
  readonly id: string;
  /** Empty if there is none, or if the account no longer exists. */
  readonly name: string;
  /** Empty if there is none, or if the account no longer exists. */
  readonly email: string;
}

/** Looks up the owner of a key by id. */
export async function findApiKeyOwner(platform: Pick<Platform, 'findUser'>, ownerId: string): Promise<ApiKeyOwner> {
  const user = await platform.findUser(ownerId);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { id: ownerId, name: text(user?.['name']), email: text(user?.['email']) };
}
