import type { AuthenticatedContext } from './context.ts';

/** Who is asking, with what they may put on a key. */
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
