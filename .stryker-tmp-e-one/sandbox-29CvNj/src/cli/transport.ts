// @ts-nocheck
import { inWords } from '../base/time.ts';
import { connectionError } from './connection-error.ts';
import { CliError, EXIT, Unanswered } from './exit.ts';

/** How long the server may take to answer, in milliseconds. */
const TIMEOUT = 30_000;

/** What a server answered. */
export interface Reply {
  readonly status: number;
  /** The body, where it is JSON. */
  readonly body: unknown;
  /** In seconds, from `Retry-After`. */
  readonly retryAfter: number | undefined;
}

/** A session token, or an API key. */
export type Credential = { readonly session: string } | { readonly apiKey: string };

export interface Message {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly credential?: Credential | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends one request to the server.
 *
 * @throws CliError that says what failed, where there is no answer of this service.
 */
export async function send(
  origin: string,
  { method = 'POST', path, body, credential, headers }: Message,
): Promise<Reply> {
  const response = await receive(origin, path, {
    method,
    headers: {
      ...headers,
      ...credentialHeader(credential),
      // better-auth takes a request with `Sec-Fetch-Mode`, which Node's fetch sends, for one of a browser,
      // and refuses it in production unless it says which page it is from.
      origin,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // Following a redirect (307, 308) would send the password on to wherever it points.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.status >= 300 && response.status < 400) throw redirected(origin, response.headers.get('location'));
  return {
    status: response.status,
    body: await json(origin, response),
    retryAfter: secondsOf(response.headers.get('retry-after') ?? response.headers.get('x-retry-after')),
  };
}

async function receive(origin: string, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${origin}${path}`, init);
  } catch (error) {
    throw connectionError(origin, error);
  }
}

async function json(origin: string, response: Response): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    throw connectionError(origin, error);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function credentialHeader(credential: Credential | undefined): Record<string, string> {
  if (credential === undefined) return {};
  return 'apiKey' in credential
    ? { 'x-api-key': credential.apiKey }
    : { authorization: `Bearer ${credential.session}` };
}

function redirected(origin: string, location: string | null): CliError {
  const target = location !== null && URL.canParse(location, origin) ? new URL(location, origin).origin : undefined;
  const where = target === undefined || target === origin ? 'elsewhere' : `to ${target}`;
  return new CliError(
    EXIT.unavailable,
    `${origin} redirects ${where}. The command does not send a password or a session there. Give the final address with --url.`,
    'REDIRECT',
  );
}

/** `Retry-After`: a number of seconds, or a date (RFC 9110, section 10.2.3). */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const seconds = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined;
}

/** Too many requests from this machine or for this account. The request is not repeated, because that would not help. */
export function tooMany(origin: string, what: string, retryAfter: number | undefined): CliError {
  const when = retryAfter === undefined ? 'a minute' : inWords(retryAfter);
  return new CliError(EXIT.unavailable, `${origin} has had too many ${what}. Try again in ${when}.`, 'RATE_LIMITED');
}

export function unavailable(origin: string, { status, retryAfter }: Reply): Unanswered {
  const when = retryAfter === undefined ? 'shortly' : `in ${inWords(retryAfter)}`;
  return new Unanswered(`${origin} cannot answer right now (${status}). Try again ${when}.`);
}

export function notThisService(origin: string): CliError {
  return new CliError(
    EXIT.refused,
    `${origin} is not an ObjectStack server with API keys. Is the address right?`,
    'NOT_OBJECTSTACK',
  );
}
