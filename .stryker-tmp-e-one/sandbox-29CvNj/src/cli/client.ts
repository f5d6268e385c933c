// @ts-nocheck
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { print } from 'graphql';
import { z } from 'zod';
import { CliError, EXIT, Unanswered } from './exit.ts';
import type { Operation } from './key-operations.ts';
import { type Credential, notThisService, type Reply, send, tooMany, unavailable } from './transport.ts';

const signedIn = z.object({ token: z.string().regex(/^[\w.~+/=%-]{1,1024}$/) });
const secondFactor = z.object({ twoFactorRedirect: z.literal(true) });
/** How better-auth refuses. */
const refused = z.object({ code: z.string(), message: z.string() });
const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});

/** How long to wait before each further try, in milliseconds. */
const PAUSES = [250, 1000];

/** A running server, as a person with a session sees it. */
export class Server {
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /**
   * Signs in with a password and returns the session token.
   *
   * @throws CliError that tells a wrong password from an address that is none of this service.
   */
  async signIn(email: string, password: string): Promise<string> {
    const reply = await send(this.origin, { path: '/api/v1/auth/sign-in/email', body: { email, password } });
    const token = signedIn.safeParse(reply.body);
    if (reply.status === 200 && token.success) return token.data.token;
    throw this.#signInFailure(reply);
  }

  #signInFailure(reply: Reply): CliError {
    if (reply.status === 429) return tooMany(this.origin, 'attempts to sign in', reply.retryAfter);
    if (reply.status >= 500) return unavailable(this.origin, reply);
    if (secondFactor.safeParse(reply.body).success) {
      return new CliError(
        EXIT.notSignedIn,
        'This account needs a second factor, so a password is not enough. Sign in through the browser: objectstack-api-keys login',
        'SECOND_FACTOR',
      );
    }
    const refusal = refused.safeParse(reply.body);
    if (reply.status === 200 || !refusal.success) return notThisService(this.origin);
    return refusedSignIn(this.origin, refusal.data);
  }

  /** Ends a session. */
  async signOut(token: string): Promise<void> {
    const reply = await send(this.origin, { path: '/api/v1/auth/sign-out', body: {}, credential: { session: token } });
    if (reply.status >= 500) throw unavailable(this.origin, reply);
    if (reply.status === 429) throw tooMany(this.origin, 'requests', reply.retryAfter);
  }

  /**
   * Runs a GraphQL operation. Each is safe to repeat: a query changes nothing, revoking twice is
   * revoking once, and what creates a key carries one `Idempotency-Key` for all its tries. So when the
   * answer is lost on the way, or the server cannot answer just now, it is sent again.
   *
   * @throws CliError with the server's own words where it refused.
   */
  async execute<Data, Variables>(
    credential: Credential,
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const idempotencyKey = randomUUID();
    for (const pause of PAUSES) {
      try {
        return await this.#executeOnce(credential, operation, variables, idempotencyKey);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        await setTimeout(pause);
      }
    }
    return this.#executeOnce(credential, operation, variables, idempotencyKey);
  }

  async #executeOnce<Data, Variables>(
    credential: Credential,
    operation: Operation<Data, Variables>,
    variables: Variables,
    idempotencyKey: string,
  ): Promise<Data> {
    const reply = await send(this.origin, {
      path: '/api/v1/graphql',
      body: { query: print(operation.document), variables },
      credential,
      headers: { 'idempotency-key': idempotencyKey },
    });
    const body = answer.safeParse(reply.body);
    const [error] = body.data?.errors ?? [];
    if (error !== undefined) throw this.#refusal(error.message, error.extensions?.code);
    const data = operation.data.safeParse(body.data?.data);
    if (data.success) return data.data;
    if (reply.status === 429) throw tooMany(this.origin, 'requests', reply.retryAfter);
    if (reply.status >= 500) throw unavailable(this.origin, reply);
    throw notThisService(this.origin);
  }

  #refusal(message: string, code = 'REFUSED'): CliError {
    if (code === 'UNAUTHENTICATED') return new CliError(EXIT.notSignedIn, message, code);
    if (code === 'SERVICE_UNAVAILABLE') return new Unanswered(message);
    const exit = code === 'RATE_LIMITED' || code === 'INTERNAL_ERROR' ? EXIT.unavailable : EXIT.refused;
    return new CliError(exit, message, code);
  }
}

/** A refusal of better-auth, in words where it has an ordinary cause. */
export function refusedSignIn(origin: string, { code, message }: z.infer<typeof refused>): CliError {
  switch (code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
      return new CliError(
        EXIT.notSignedIn,
        `${origin} did not accept this e-mail address and password. Is one of them mistyped?`,
        'WRONG_PASSWORD',
      );
    case 'INVALID_ORIGIN':
    case 'MISSING_OR_NULL_ORIGIN':
      return new CliError(
        EXIT.notSignedIn,
        `The server at ${origin} does not accept sign-ins at this address. Use its BASE_URL as --url.`,
        'OTHER_ADDRESS',
      );
    default:
      return new CliError(EXIT.notSignedIn, `${origin} did not sign you in: ${message}`, code);
  }
}
