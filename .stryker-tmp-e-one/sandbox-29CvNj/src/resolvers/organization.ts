// @ts-nocheck
import type { Organization } from '../keys/organization/organization-keys.ts';
import type { SessionContext } from './context.ts';

/** The active organization of the session. */
export async function organization({ principal, keys }: SessionContext): Promise<Organization | null> {
  return (await keys.organization.find(principal)) ?? null;
}
