import type { Page } from '../keys/read/list.ts';
import type { ApiKeyStatus } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';

interface ListArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly status?: ApiKeyStatus | null | undefined;
  readonly search?: string | null | undefined;
  readonly expiresWithin?: string | null | undefined;
  readonly unusedFor?: string | null | undefined;
}

/** A page of the caller's keys. */
export function listApiKeys(
  { first, after, status, search, expiresWithin, unusedFor }: ListArguments,
  { principal, keys }: AuthenticatedContext,
): Promise<Page> {
  return keys.list(principal, {
    first: first ?? undefined,
    after: after ?? undefined,
    status: status ?? undefined,
    search: search ?? undefined,
    expiresWithin: expiresWithin ?? undefined,
    unusedFor: unusedFor ?? undefined,
  });
}
