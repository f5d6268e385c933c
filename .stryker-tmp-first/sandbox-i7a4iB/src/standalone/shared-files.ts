// @ts-nocheck
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** The content of a file, and a validator of it (RFC 9110 section 8.8.3). */
export interface SharedFile {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

const CHUNK = 64 * 1024;

/**
 * The files of a folder, each read once and shared by whoever is sent it. A thousand slow readers hold
 * neither a file open each nor a copy each: one file is open at a time, and all that can be held is as
 * large as the folder.
 */
export class SharedFiles {
  readonly #folder: string;
  readonly #names: ReadonlySet<string>;
  readonly #files = new Map<string, Promise<SharedFile>>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, names: ReadonlySet<string>) {
    this.#folder = folder;
    this.#names = names;
  }

  /** Looks which files there are: a name that is not among them is never looked for on the disk. */
  static async in(folder: string): Promise<SharedFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    return new SharedFiles(folder, new Set(names));
  }

  /** @param name relative to the folder, with `/`; `undefined` when there is no such file. */
  find(name: string): Promise<SharedFile> | undefined {
    if (!this.#names.has(name)) return undefined;
    let file = this.#files.get(name);
    if (file === undefined) {
      file = this.#afterTheOthers(() => read(join(this.#folder, name)));
      this.#files.set(name, file);
      // It is tried again when it is next asked for.
      file.catch(() => this.#files.delete(name));
    }
    return file;
  }

  #afterTheOthers<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

async function read(path: string): Promise<SharedFile> {
  const bytes = await readFile(path);
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"` };
}

/** A body that takes the bytes piece by piece, as the client does; a body of the bytes themselves would copy them. */
export function sharedBody(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + CHUNK));
      at += CHUNK;
    },
  });
}
