// @ts-nocheck
import { chmod, mkdir, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { ConfigurationError } from '../base/configuration-error.ts';

/** The log and its index, which SQLite makes beside the file with the file's own mode. */
const COMPANIONS = ['-wal', '-shm', '-journal'];
const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
/** Deletions in such a folder are for the owner of a file alone, as in /tmp. */
const STICKY = 0o1000;

/** Where the database is unless the operator says otherwise. */
export const DEFAULT_FOLDER = 'data';

/**
 * Makes the file of an SQLite database before SQLite does, so that it is at no moment readable by
 * the other users of the machine: it holds session tokens and the hashes of passwords. Whatever the
 * umask, the file is 0600 and the folders that are made for it are 0700. A file that is wider is
 * tightened, and so is the default folder while it holds nothing else. Any other folder is the
 * operator's: others may need what is in it, so it is left as it is.
 *
 * @returns what to warn the operator of, where others get into the folder.
 * @throws ConfigurationError when it cannot be made, or belongs to somebody else and is open to others.
 */
export async function prepareSqliteFile(filename: string): Promise<string | undefined> {
  const path = resolve(filename);
  try {
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
    const file = await open(path, 'a', OWNER_ONLY);
    try {
      if (((await file.stat()).mode & OTHERS) !== 0) await file.chmod(OWNER_ONLY);
    } finally {
      await file.close();
    }
    for (const companion of COMPANIONS) await tighten(`${path}${companion}`);
    return await tightenFolder(path);
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

async function tightenFolder(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const { mode, uid } = await stat(folder);
  if ((mode & OTHERS) === 0) return undefined;
  if (folder === resolve(DEFAULT_FOLDER) && uid === process.getuid?.() && (await holdsOnly(path))) {
    await chmod(folder, OWNER_ONLY_FOLDER);
    return undefined;
  }
  return (mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0
    ? `Other users of this machine can replace the database, since they can write to its folder ${folder}. Run: chmod 700 ${folder}`
    : `Other users of this machine can list the folder of the database, ${folder}, though not read the database. Unless they need to, run: chmod 700 ${folder}`;
}

async function holdsOnly(path: string): Promise<boolean> {
  const own = new Set(['', ...COMPANIONS].map((companion) => `${basename(path)}${companion}`));
  return (await readdir(dirname(path))).every((name) => own.has(name));
}
