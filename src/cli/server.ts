import { z } from 'zod';
import { CliError, EXIT } from './exit.ts';

/** How long the server may take to answer, in milliseconds. */
const TIMEOUT = 30_000;

const signedIn = z.object({ token: z.string().min(1) });
const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});

/** Codes of answers that say nothing about the request: the same one may succeed later. */
const UNAVAILABLE = new Set(['SERVICE_UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_ERROR']);

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
   * Runs a GraphQL operation in a session.
   *
   * @param data the shape of the answer's `data`.
   * @throws CliError with the server's own words where it refused.
   */
  async execute<T>(
    token: string,
    operation: { readonly query: string; readonly data: z.ZodType<T> },
    variables: Readonly<Record<string, unknown>>,
  ): Promise<T> {
    const response = await this.#post('/api/v1/graphql', { query: operation.query, variables }, token);
    const body = answer.safeParse(await json(response));
    const [error] = body.data?.errors ?? [];
    if (error !== undefined) throw refusal(error.message, error.extensions?.code);
    const data = operation.data.safeParse(body.data?.data);
    if (data.success) return data.data;
    if (isUnavailable(response.status)) throw unavailable(this.origin, response.status);
    throw new CliError(EXIT.refused, `${this.origin} does not answer as this service does. Is the address right?`);
  }

  async #post(path: string, body: unknown, token?: string): Promise<Response> {
    try {
      return await fetch(`${this.origin}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
        // A redirect (307, 308) would send the password on to wherever it points.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch {
      throw new CliError(EXIT.unavailable, `${this.origin} does not answer.`);
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
  return new CliError(EXIT.unavailable, `${origin} cannot answer right now (${status}). Try again shortly.`);
}

function refusal(message: string, code: string | undefined): CliError {
  if (code === 'UNAUTHENTICATED') return new CliError(EXIT.notSignedIn, message);
  return new CliError(code !== undefined && UNAVAILABLE.has(code) ? EXIT.unavailable : EXIT.refused, message);
}
