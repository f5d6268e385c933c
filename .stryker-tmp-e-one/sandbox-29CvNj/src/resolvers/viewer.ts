// @ts-nocheck
import type { AuthenticatedContext } from './context.ts';

/** The caller, with the scopes that they may use. */
export interface Viewer {
  readonly id: string;
  readonly email: string;
  readonly organizationId: string | undefined;
  /** Read only when the field is selected: it costs several reads of the database. */
  scopes(): Promise<string[]>;
}

export function viewer({ principal, keys }: AuthenticatedContext): Viewer {
  return {
    id: principal.userId,
    email: principal.email,
    organizationId: principal.organizationId,
    scopes: () => keys.scopesOf(principal),
  };
}
