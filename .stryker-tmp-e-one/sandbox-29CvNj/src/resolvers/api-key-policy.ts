// @ts-nocheck
import type { ApiKeyPolicy } from '../keys/policy/policy.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import type { AuthenticatedContext, SessionContext } from './context.ts';

/** The rules of the active organization. */
export function apiKeyPolicy({ principal, keys }: SessionContext): Promise<ApiKeyPolicy> {
  return keys.organization.policy.find(principal);
}

/** Whether a key breaks a rule; the policies of the keys of a page are looked up in one statement. */
export function violatesPolicy(key: ApiKey, { keys }: AuthenticatedContext): Promise<boolean> {
  return keys.organization.policy.isViolatedBy(key);
}
