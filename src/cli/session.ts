import { createInterface } from 'node:readline/promises';
import { isCancel, password as promptPassword, text as promptText } from '@clack/prompts';
import type { Server } from './client.ts';
import { savedSession } from './credentials.ts';
import { CliError, EXIT } from './exit.ts';
import { progress } from './terminal.ts';
import type { Credential } from './transport.ts';

/** A session that was opened before this command. */
export interface GivenSession {
  readonly token: string;
  readonly from: 'environment' | 'file';
}

/**
 * The session to use: the one in `OBJECTSTACK_TOKEN`, or the one that `login --save` kept for this
 * server, unless `email` says that somebody else is meant.
 */
export async function givenSession(server: Server, email: string | undefined): Promise<GivenSession | undefined> {
  const token = process.env['OBJECTSTACK_TOKEN'];
  if (token !== undefined && token !== '') {
    if (token.startsWith('osk_')) {
      throw new CliError(
        EXIT.notSignedIn,
        'OBJECTSTACK_TOKEN holds an API key, but keys cannot manage keys. Set it to a session token.',
        'UNAUTHENTICATED',
      );
    }
    return { token, from: 'environment' };
  }
  const saved = await savedSession(server.origin);
  if (saved === undefined || (email !== undefined && email !== saved.email)) return undefined;
  return { token: saved.token, from: 'file' };
}

/**
 * Runs `work` in a session: a given one, or one that is opened with an e-mail address and a password and
 * ended afterwards. Neither a token nor a password is ever taken from an argument, since the process list
 * and the shell's history show those.
 */
export async function withSession<T>(
  server: Server,
  email: string | undefined,
  work: (credential: Credential) => Promise<T>,
): Promise<T> {
  const given = await givenSession(server, email);
  if (given !== undefined) {
    try {
      return await work({ session: given.token });
    } catch (error) {
      throw error instanceof CliError && error.code === 'UNAUTHENTICATED' ? ended(server, given) : error;
    }
  }
  const token = await signInWithPassword(server, email);
  try {
    return await work({ session: token });
  } finally {
    // A server that does not answer is not worth failing for: the session expires by itself.
    await server.signOut(token).catch(() => undefined);
  }
}

/** Opens a session with an e-mail address and a password, which are asked for at a terminal. */
export async function signInWithPassword(server: Server, email: string | undefined): Promise<string> {
  const credentials = process.stdin.isTTY ? await askForCredentials(email) : await readCredentials(email);
  progress(`Signing in to ${server.origin} as ${credentials.email} …`);
  return server.signIn(credentials.email, credentials.password);
}

function ended({ origin }: Server, { from }: GivenSession): CliError {
  const message =
    from === 'file'
      ? `Your saved session at ${origin} has ended. Sign in again: objectstack-api-keys login --save`
      : `The session in OBJECTSTACK_TOKEN has ended or belongs to another server than ${origin}. Sign in again, or unset the variable.`;
  return new CliError(EXIT.notSignedIn, message, 'SESSION_ENDED');
}

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Asks at the terminal, on stderr: stdout may be a pipe. */
async function askForCredentials(email: string | undefined): Promise<Credentials> {
  const output = process.stderr;
  return {
    email: email ?? answered(await promptText({ message: 'E-mail address', output })),
    password: answered(await promptPassword({ message: 'Password', output, clearOnError: true })),
  };
}

function answered(answer: string | symbol | undefined): string {
  if (isCancel(answer)) throw new CliError(EXIT.cancelled, 'Cancelled.', 'CANCELLED');
  if (typeof answer !== 'string' || answer === '') throw notSignedIn('Nothing was entered.');
  return answer;
}

/** Without a terminal the password is the first line of standard input: `pass show crm | … mint`. */
async function readCredentials(email: string | undefined): Promise<Credentials> {
  if (email === undefined) {
    throw notSignedIn(
      'Not signed in. Run login --save, or set OBJECTSTACK_TOKEN to a session token, or give --email and the ' +
        'password on standard input.',
    );
  }
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const password of lines) if (password !== '') return { email, password };
  } finally {
    lines.close();
  }
  throw notSignedIn(
    `Not signed in: the first line of standard input has to be the password of ${email}. Or run login --save once.`,
  );
}

function notSignedIn(message: string): CliError {
  return new CliError(EXIT.notSignedIn, message, 'NOT_SIGNED_IN');
}
