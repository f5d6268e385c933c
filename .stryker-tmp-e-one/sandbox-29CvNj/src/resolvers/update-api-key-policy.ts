// @ts-nocheck
import type { ApiKeyPolicy } from '../keys/policy/policy.ts';
import type { SessionContext } from './context.ts';

/** Changes rules of the active organization. */
export function updateApiKeyPolicy(input: unknown, context: SessionContext): Promise<ApiKeyPolicy> {
  return context.keys.organization.policy.update(context, input);
}
