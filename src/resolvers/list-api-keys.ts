import type { Page } from '../keys/read/list.ts';
import type { ApiKeyStatus } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';

interface ListArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly status?: ApiKeyStatus | null | undefined;
}

/** A page of the caller's keys. */
export function listApiKeys(
  { first, after, status }: ListArguments,
  { principal, keys }: AuthenticatedContext,
): Promise<Page> {
  return keys.list(principal, {
    first: first ?? undefined,
    after: after ?? undefined,
    status: status ?? undefined,
  });
}
