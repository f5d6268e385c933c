/**
 * Loaded into the server under test (`node --import`), to produce from inside what cannot be
 * produced from outside. Which fault is on is read from the file that `LEAK_HUNT_FAULT` names, at
 * each statement. One of them is a leak that is planted, for testing the hunt itself.
 */
// @ts-nocheck

import crypto from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { ObjectKernel } from '@objectstack/runtime';
import type { Fault, Plant } from './fault.ts';

interface Connection {
  pragma(text: string): unknown;
  close(): void;
}
interface Statement {
  readonly source: string;
  readonly database: Connection;
}
type Run = (this: Statement, ...parameters: unknown[]) => unknown;
interface DatabaseClass {
  new (name: string): { prepare(sql: string): object };
  readonly SqliteError: new (message: string, code: string) => Error;
}

const Database = createRequire(import.meta.url)('better-sqlite3') as DatabaseClass;
const faultFile = process.env['LEAK_HUNT_FAULT'] ?? '';
const KEY_BYTES = 32;

function fault(): Fault | undefined {
  try {
    return JSON.parse(readFileSync(faultFile, 'utf8')) as Fault;
  } catch {
    return undefined;
  }
}

function planted(): Plant | undefined {
  const now = fault();
  return now?.kind === 'leak' ? now.plant : undefined;
}

let armed: string | undefined;
let statements = 0;

/** Called before each statement runs. A statement may have been prepared long before, for another request. */
function fail({ source: sql, database }: Statement): void {
  const active = fault();
  const name = JSON.stringify(active);
  if (name !== armed) {
    armed = name;
    statements = 0;
    // SQLite's own errors: a database that may not grow, and one that may not be written.
    database.pragma(`max_page_count = ${active?.kind === 'full' ? 1 : 1_073_741_823}`);
    database.pragma(`query_only = ${active?.kind === 'readonly' ? 'ON' : 'OFF'}`);
  }
  statements += 1;
  if (
    (active?.kind === 'statement' && statements === active.at) ||
    (active?.kind === 'commit' && /^commit/i.test(sql))
  ) {
    throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR');
  }
  if (active?.kind === 'drop' && /^insert into [`"]sys_api_key[`"]/i.test(sql)) database.close();
}

const methods = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as Record<string, Run>;
for (const name of ['run', 'get', 'all', 'iterate']) {
  const run = methods[name];
  if (run === undefined) throw new Error(`better-sqlite3 has no ${name}`);
  methods[name] = function runOrFail(...parameters) {
    if (!/^PRAGMA/i.test(this.source)) fail(this);
    return run.apply(this, parameters);
  };
}

let lastKey: string | undefined;
const { randomBytes } = crypto;
function keyBytes(size: number): Buffer {
  const active = size === KEY_BYTES ? fault() : undefined;
  const bytes = active?.kind === 'same-key' ? Buffer.alloc(size, 7) : randomBytes(size);
  const key = `osk_${bytes.toString('base64url')}`;
  if (size === KEY_BYTES) lastKey = key;
  if (active?.kind === 'crash') throw new Error(`the resolver crashed with ${key} in its hands`);
  const plant = planted();
  if (plant === 'stdout') writeSync(1, `generated ${key}\n`);
  if (plant === 'stderr-in-part') process.stderr.write(`generated ${key.slice(8, 40)}...\n`);
  if (plant === 'hash-in-log') writeSync(2, `${crypto.createHash('sha256').update(key).digest('hex')}\n`);
  if (plant === 'base64') process.stdout.write(`${Buffer.from(`key=${key}`).toString('base64')}\n`);
  return bytes;
}
crypto.randomBytes = keyBytes as typeof crypto.randomBytes;
syncBuiltinESMExports();

const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function withKey(this: ServerResponse, ...args: Parameters<typeof writeHead>) {
  if (lastKey !== undefined && planted() === 'header') this.setHeader('X-Debug', lastKey);
  return writeHead.apply(this, args);
} as typeof writeHead;

const { getServiceAsync } = ObjectKernel.prototype;
ObjectKernel.prototype.getServiceAsync = async function findOrFail(this: ObjectKernel, name: string, ...rest: never[]) {
  if (name === 'tenancy' && fault()?.kind === 'tenancy') {
    throw new Error(`connect ECONNREFUSED redis://:${process.env['AUTH_SECRET'] ?? ''}@cache`);
  }
  return getServiceAsync.call(this, name, ...rest);
} as typeof getServiceAsync;
