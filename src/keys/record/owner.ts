import type { Platform } from '../../platform/platform.ts';

/** The person whose key it is. */
export interface ApiKeyOwner {
  readonly id: string;
  /** Empty when they have none, or no longer exist. */
  readonly name: string;
  /** Empty when they have none, or no longer exist. */
  readonly email: string;
}

/** The owner of a key by their id, live. */
export async function findApiKeyOwner(platform: Pick<Platform, 'findUser'>, ownerId: string): Promise<ApiKeyOwner> {
  const user = await platform.findUser(ownerId);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { id: ownerId, name: text(user?.['name']), email: text(user?.['email']) };
}
