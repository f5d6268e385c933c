// @ts-nocheck
import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { sessionRequired } from '../auth/session-required.ts';
import type { AuthenticatedContext, GraphQLContext, SessionContext } from '../resolvers/context.ts';

/**
 * Set-up only. Both root types deny by default. Each operation also calls `withAuth`, which narrows the
 * type of its context, so that a resolver that mints keys does not compile without a session.
 */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  DefaultFieldNullability: false;
  AuthScopes: { authenticated: boolean; session: boolean };
  AuthContexts: { authenticated: AuthenticatedContext; session: SessionContext };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: Date };
    Duration: { Input: string; Output: string };
  };
}>({
  plugins: [ScopeAuthPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ principal }) => ({
      authenticated: principal !== undefined,
      session: principal?.kind === 'session',
    }),
    unauthorizedError: (_parent, { principal }) => sessionRequired(principal),
  },
});

builder.queryType({
  description: 'Read your keys, their limits and your organization.',
  authScopes: { authenticated: true },
});
builder.mutationType({
  description: 'Create and manage keys. Every mutation requires a session.',
  authScopes: { session: true },
});
