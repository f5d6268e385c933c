/**
 * What must not compile. `tsc` checks this file with the others: an `@ts-expect-error` above a line
 * that does compile is an error itself. Nothing here runs.
 */
// @ts-nocheck

import type { ApiKeyPrincipal, SessionPrincipal } from '../../src/auth/principal.ts';
import type { Exchange } from '../../src/http/exchange.ts';
import type { KeyService } from '../../src/keys/service.ts';
import type { AuthenticatedContext, GraphQLContext, SessionContext } from '../../src/resolvers/context.ts';
import { createApiKey } from '../../src/resolvers/create-api-key.ts';
import { builder } from '../../src/schema/builder.ts';

declare const keys: KeyService;
declare const session: SessionPrincipal;
declare const apiKey: ApiKeyPrincipal;
declare const input: unknown;
declare const request: Exchange;

// A session mints.
void keys.create({ principal: session, request }, input);

// A program with a key does not.
//  an API key is not a session
void keys.create({ principal: apiKey, request }, input);

// Neither does an object that looks like a session: the brand is private.
const lookAlike = {
  kind: 'session',
  userId: 'usr_1',
  email: '',
  organizationId: undefined,
  impersonated: false,
} as const;
//  the brand is missing
void keys.create({ principal: lookAlike, request }, input);
//  the spread of a principal has lost its brand
void keys.create({ principal: { ...session }, request }, input);

// A resolver that mints takes a context with a session, and no other.
declare const context: { session: SessionContext; authenticated: AuthenticatedContext; any: GraphQLContext };
void createApiKey(input, context.session);
//  the principal may be an API key
void createApiKey(input, context.authenticated);
//  nothing is known of the principal
void createApiKey(input, context.any);

// So a mutation that forgot `withAuth({ session: true })` does not compile.
builder.mutationFields((t) => ({
  guarded: t.withAuth({ session: true }).boolean({
    resolve: (_root, _args, guarded) => createApiKey(input, guarded).then(() => true),
  }),
  unguarded: t.boolean({
    //  the context has no session
    resolve: (_root, _args, unguarded) => createApiKey(input, unguarded).then(() => true),
  }),
  tooWeak: t.withAuth({ authenticated: true }).boolean({
    //  the principal may be an API key
    resolve: (_root, _args, weak) => createApiKey(input, weak).then(() => true),
  }),
}));
