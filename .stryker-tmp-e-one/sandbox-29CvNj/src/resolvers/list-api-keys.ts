// @ts-nocheck
import type { ListQuery, Page } from '../keys/read/list.ts';
import type { ApiKeyStatus } from '../keys/record/api-key.ts';
import type { AuthenticatedContext, SessionContext } from './context.ts';

interface ListArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly status?: ApiKeyStatus | null | undefined;
  readonly search?: string | null | undefined;
  readonly expiresWithin?: string | null | undefined;
  readonly unusedFor?: string | null | undefined;
}

/** A page of the caller's keys. */
export function listApiKeys(args: ListArguments, { principal, keys }: AuthenticatedContext): Promise<Page> {
  return keys.list(principal, queryOf(args));
}

/** A page of the keys of the caller's organization. */
export function listOrganizationKeys(
  { ownerId, ...args }: ListArguments & { readonly ownerId?: string | null | undefined },
  { principal, keys }: SessionContext,
): Promise<Page> {
  return keys.organization.list(principal, { ...queryOf(args), ownerId: ownerId ?? undefined });
}

function queryOf({ first, after, status, search, expiresWithin, unusedFor }: ListArguments): ListQuery {
  return {
    first: first ?? undefined,
    after: after ?? undefined,
    status: status ?? undefined,
    search: search ?? undefined,
    expiresWithin: expiresWithin ?? undefined,
    unusedFor: unusedFor ?? undefined,
  };
}
