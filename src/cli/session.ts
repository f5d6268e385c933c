import { createInterface } from 'node:readline/promises';
import { isCancel, password as promptPassword, text as promptText } from '@clack/prompts';
import type { Server } from './client.ts';
import { CliError, EXIT } from './exit.ts';
import { progress } from './terminal.ts';

/**
 * Runs `work` in a session: the one in `OBJECTSTACK_TOKEN`, or one that is opened with an e-mail
 * address and a password and ended afterwards. Neither a token nor a password is ever taken from an
 * argument, since the process list and the shell's history show those.
 */
export async function withSession<T>(
  server: Server,
  email: string | undefined,
  work: (token: string) => Promise<T>,
): Promise<T> {
  const given = process.env['OBJECTSTACK_TOKEN'];
  if (given !== undefined && given !== '') return work(given);

  const credentials = process.stdin.isTTY ? await askForCredentials(email) : await readCredentials(email);
  progress(`Signing in to ${server.origin} as ${credentials.email} …`);
  const token = await server.signIn(credentials.email, credentials.password);
  try {
    return await work(token);
  } finally {
    await server.signOut(token);
  }
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
  if (isCancel(answer)) throw new CliError(EXIT.cancelled, 'Cancelled.');
  if (typeof answer !== 'string' || answer === '') throw new CliError(EXIT.notSignedIn, 'Nothing was entered.');
  return answer;
}

/** Without a terminal the password is the first line of standard input: `pass show crm | … mint`. */
async function readCredentials(email: string | undefined): Promise<Credentials> {
  if (email === undefined) {
    throw new CliError(
      EXIT.notSignedIn,
      'Not signed in: set OBJECTSTACK_TOKEN to a session token, or give --email and the password on standard input.',
    );
  }
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const password of lines) if (password !== '') return { email, password };
  } finally {
    lines.close();
  }
  throw new CliError(EXIT.notSignedIn, 'Not signed in: there was no password on standard input.');
}
