import { connected, type ServerOptions, serverOf } from './connect.ts';
import { credentialsPath, forgetSession, savedSession, saveSession } from './credentials.ts';
import { signInWithBrowser } from './device-login.ts';
import { CliError, EXIT, usageError } from './exit.ts';
import { type ApiKey, AVAILABLE_SCOPES, VIEWER } from './key-operations.ts';
import { givenSession, signInWithPassword } from './session.ts';
import { table } from './table.ts';
import { printable, progress, result, resultJson } from './terminal.ts';

/**
 * Opens a session that outlives the command. It is kept in a file only with `--save`; otherwise its token
 * is the result, for `export OBJECTSTACK_TOKEN=$(… login)`.
 */
export async function login(options: ServerOptions & { withPassword?: boolean; save?: boolean }): Promise<void> {
  const server = serverOf(options);
  if (options.save)
    await savedSession(server.origin); // A file that cannot be used is better known of before.
  else if (process.stdout.isTTY) {
    throw usageError(
      'Choose where to keep the session: --save keeps it in a file that only you can read; ' +
        'export OBJECTSTACK_TOKEN=$(objectstack-api-keys login) keeps it in this shell.',
    );
  }
  const token = await (options.withPassword
    ? signInWithPassword(server, options.email)
    : signInWithBrowser(server.origin));
  try {
    const { viewer } = await server.execute({ session: token }, VIEWER, {});
    if (options.save) await saveSession(server.origin, { token, email: viewer.email });
    const kept = options.save ? ` The session is saved in ${credentialsPath()}.` : '';
    progress(`Signed in to ${server.origin} as ${viewer.email}.${kept}`);
    if (options.json) resultJson({ server: server.origin, email: viewer.email, ...(options.save ? {} : { token }) });
    else if (!options.save) result(token);
  } catch (error) {
    await server.signOut(token).catch(() => undefined);
    throw error;
  }
}

/** Ends the session that the commands use, and forgets it if it was saved. */
export async function logout(options: ServerOptions): Promise<void> {
  const server = serverOf(options);
  const given = await givenSession(server, options.email);
  if (given === undefined)
    throw new CliError(EXIT.notSignedIn, `You are not signed in to ${server.origin}.`, 'NOT_SIGNED_IN');
  // First here: what the server says of a session that it cannot end must not keep it on this machine.
  if (given.from === 'file') await forgetSession(server.origin);
  try {
    await server.signOut(given.token);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const here = given.from === 'file' ? 'The saved session was deleted, but ' : '';
    throw new CliError(error.exitCode, `${here}the server did not end it: ${error.message}`, error.code);
  }
  progress(`Signed out of ${server.origin}.${given.from === 'environment' ? ' Unset OBJECTSTACK_TOKEN.' : ''}`);
}

/** Says who the commands act as; with `OBJECTSTACK_API_KEY`, whose key that is. */
export async function whoami(options: ServerOptions): Promise<void> {
  const key = process.env['OBJECTSTACK_API_KEY'];
  const byKey = key !== undefined && key !== '';
  const { viewer } = byKey
    ? await serverOf(options).execute({ apiKey: key }, VIEWER, {})
    : await connected(options, (execute) => execute(VIEWER, {}));
  const { id, email, organizationId, apiKey } = viewer;
  const credential = byKey ? { type: 'key', prefix: key.slice(0, 12), ...shown(apiKey) } : { type: 'session' };
  if (options.json) return resultJson({ id, email, organizationId, credential });
  const lines = [
    ['person', `${email} (${id})`],
    ['organization', organizationId ?? 'none'],
    ['signed in with', byKey ? `the key ${key.slice(0, 12)}… in OBJECTSTACK_API_KEY` : 'a session'],
    ...keyLines(apiKey),
  ] as const;
  for (const [label, value] of lines) result(`${label.padEnd(16)}${printable(value)}`);
}

/** What tells the person which of their keys it is. */
function shown(apiKey: ApiKey | null): Partial<ApiKey> {
  if (apiKey === null) return {};
  const { id, name, scopes, expiresAt } = apiKey;
  return { id, name, scopes, expiresAt };
}

function keyLines(apiKey: ApiKey | null): (readonly [string, string])[] {
  if (apiKey === null) return [];
  const { id, name, scopes, expiresAt } = apiKey;
  return [
    ['key', `${name} (${id})`],
    ['scopes', scopes.length === 0 ? 'none: it may do what its owner may' : scopes.join(', ')],
    ['expires', expiresAt ?? 'never'],
  ];
}

/** Lists what may be put on a key with `mint --scope`: the names alone in a pipe, and what they mean at a terminal. */
export async function scopes(options: ServerOptions): Promise<void> {
  const { viewer } = await connected(options, (execute) => execute(AVAILABLE_SCOPES, {}));
  const names = viewer.availableScopes.map(({ name }) => name);
  if (options.json) return resultJson(names);
  if (!process.stdout.isTTY) {
    for (const name of names) result(printable(name));
    return;
  }
  const rows = viewer.availableScopes.map(({ name, label, description }) => [name, description ?? label]);
  for (const line of table(['SCOPE', 'WHAT A KEY WITH IT MAY DO'], rows, { width: process.stdout.columns }))
    result(line);
}
