import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../base/configuration-error.ts';

/** The log and its index, which SQLite makes beside the file with the file's own mode. */
const COMPANIONS = ['-wal', '-shm', '-journal'];
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/**
 * Makes the file of an SQLite database before SQLite does, so that it is at no moment readable by
 * the other users of the machine: it holds session tokens and the hashes of passwords. Whatever the
 * umask, the file is 0600 and the folders that are made for it are 0700. A file that is wider is
 * tightened; a folder that is there already is left alone, since it may be anybody's.
 *
 * @throws ConfigurationError when it cannot be made, or belongs to somebody else and is open to others.
 */
export async function prepareSqliteFile(filename: string): Promise<void> {
  const path = resolve(filename);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', OWNER_ONLY);
    try {
      if (((await file.stat()).mode & OTHERS) !== 0) await file.chmod(OWNER_ONLY);
    } finally {
      await file.close();
    }
    for (const companion of COMPANIONS) await tighten(`${path}${companion}`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ConfigurationError([
      `DATABASE_URL names a file whose permissions this user cannot restrict (${String(error.code)})`,
    ]);
  }
}

async function tighten(path: string): Promise<void> {
  try {
    await chmod(path, OWNER_ONLY);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
