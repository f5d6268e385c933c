import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { print } from 'graphql';
import { z } from 'zod';
import { CliError, EXIT } from './exit.ts';
import type { Operation } from './key-operations.ts';

/** How long the server may take to answer, in milliseconds. */
const TIMEOUT = 30_000;

const signedIn = z.object({ token: z.string().min(1) });
const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});

/** How long to wait before each further try, in milliseconds. */
const PAUSES = [250, 1000];

/** Nobody said what became of the request: it is worth another try. */
class Unanswered extends CliError {
  constructor(message: string) {
    super(EXIT.unavailable, message);
  }
}

/** A running server, as a person with a session sees it. */
export class Server {
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Signs in with a password and returns the session token. */
  async signIn(email: string, password: string): Promise<string> {
    const response = await this.#post('/api/v1/auth/sign-in/email', { email, password });
    if (isUnavailable(response.status)) throw unavailable(this.origin, response.status);
    const body = signedIn.safeParse(await json(response));
    if (!response.ok || !body.success) {
      throw new CliError(EXIT.notSignedIn, `${this.origin} did not accept this e-mail address and password.`);
    }
    return body.data.token;
  }

  /** Ends a session. A server that does not answer is not worth failing for: the session expires by itself. */
  async signOut(token: string): Promise<void> {
    await this.#post('/api/v1/auth/sign-out', {}, token).catch(() => undefined);
  }

  /**
   * Runs a GraphQL operation in a session. Each is safe to repeat: a query changes nothing, revoking
   * twice is revoking once, and what creates a key carries one `Idempotency-Key` for all its tries. So
   * when the answer is lost on the way, or the server cannot answer just now, it is sent again.
   *
   * @throws CliError with the server's own words where it refused.
   */
  async execute<Data, Variables>(
    token: string,
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const idempotencyKey = randomUUID();
    for (const pause of PAUSES) {
      try {
        return await this.#executeOnce(token, operation, variables, idempotencyKey);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        await setTimeout(pause);
      }
    }
    return this.#executeOnce(token, operation, variables, idempotencyKey);
  }

  async #executeOnce<Data, Variables>(
    token: string,
    operation: Operation<Data, Variables>,
    variables: Variables,
    idempotencyKey: string,
  ): Promise<Data> {
    const response = await this.#post('/api/v1/graphql', { query: print(operation.document), variables }, token, {
      'idempotency-key': idempotencyKey,
    });
    const body = answer.safeParse(await json(response));
    const [error] = body.data?.errors ?? [];
    if (error !== undefined) throw refusal(error.message, error.extensions?.code);
    const data = operation.data.safeParse(body.data?.data);
    if (data.success) return data.data;
    if (isUnavailable(response.status)) throw unavailable(this.origin, response.status);
    throw new CliError(EXIT.refused, `${this.origin} does not answer as this service does. Is the address right?`);
  }

  async #post(
    path: string,
    body: unknown,
    token?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    try {
      return await fetch(`${this.origin}${path}`, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
        // A redirect (307, 308) would send the password on to wherever it points.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch {
      throw new Unanswered(`${this.origin} does not answer.`);
    }
  }
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function isUnavailable(status: number): boolean {
  return status === 429 || status >= 500;
}

function unavailable(origin: string, status: number): CliError {
  return new Unanswered(`${origin} cannot answer right now (${status}). Try again shortly.`);
}

function refusal(message: string, code: string | undefined): CliError {
  if (code === 'UNAUTHENTICATED') return new CliError(EXIT.notSignedIn, message);
  if (code === 'SERVICE_UNAVAILABLE') return new Unanswered(message);
  return new CliError(code === 'RATE_LIMITED' || code === 'INTERNAL_ERROR' ? EXIT.unavailable : EXIT.refused, message);
}
