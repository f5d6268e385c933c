// @ts-nocheck
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFile } from 'atomically';
import envPaths from 'env-paths';
import { z } from 'zod';
import { CliError, EXIT } from './exit.ts';

const session = z.object({ token: z.string().min(1), email: z.string() });
const file = z.object({ sessions: z.record(z.string(), session) });

/** A session that `login --save` kept. */
export type SavedSession = z.infer<typeof session>;

/** Where `login --save` keeps sessions: in the folder that the platform has for configuration. */
export function credentialsPath(): string {
  return join(envPaths('objectstack-api-keys', { suffix: '' }).config, 'credentials.json');
}

/**
 * The saved session of a server.
 *
 * @throws CliError when other people of this machine may read the file, or it is not one of this command.
 */
export async function savedSession(origin: string): Promise<SavedSession | undefined> {
  return (await read())[origin];
}

/** Saves the session of a server in place of an older one. */
export async function saveSession(origin: string, saved: SavedSession): Promise<void> {
  await write({ ...(await read()), [origin]: saved });
}

/** Forgets the session of a server. */
export async function forgetSession(origin: string): Promise<void> {
  const { [origin]: removed, ...others } = await read();
  if (removed !== undefined) await write(others);
}

async function read(): Promise<Readonly<Record<string, SavedSession>>> {
  const path = credentialsPath();
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw unusable(`${path} cannot be read.`);
  }
  try {
    await assertPrivate(handle, path);
    const parsed = file.safeParse(parse(await handle.readFile('utf8')));
    if (!parsed.success) throw unusable(`${path} was not written by this command. Remove it and sign in again.`);
    return parsed.data.sessions;
  } finally {
    await handle.close();
  }
}

/** As `ssh` does with a private key: a session that others may have read is not used as if it were a secret. */
async function assertPrivate(handle: FileHandle, path: string): Promise<void> {
  // Windows has no such bits; the folder belongs to the person there.
  if (process.platform === 'win32') return;
  const { mode, uid } = await handle.stat();
  if ((mode & 0o077) !== 0) {
    throw unusable(
      `${path} can be read by others (mode ${(mode & 0o777).toString(8)}), and so can the sessions in it. ` +
        'Remove it, end those sessions, and sign in again.',
    );
  }
  if (uid !== process.getuid?.()) throw unusable(`${path} belongs to another user.`);
}

async function write(sessions: Readonly<Record<string, SavedSession>>): Promise<void> {
  const path = credentialsPath();
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Written to a file beside it and renamed: a crash leaves the old one or the new one.
    await writeFile(path, `${JSON.stringify({ sessions }, null, 2)}\n`, { mode: 0o600, encoding: 'utf8' });
  } catch {
    throw unusable(`${path} cannot be written.`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unusable(message: string): CliError {
  return new CliError(EXIT.notSignedIn, message, 'CREDENTIALS_FILE');
}
