// @ts-nocheck
import { required } from './environment.ts';
import { type NewKey, openFloor } from './floor-database.ts';
import { serveMints } from './mint-server.ts';

/**
 * The limit: the floor with shared commits, and nothing else. Keys that arrive in one turn of the event loop,
 * or while a commit is under way, share the next one.
 */
const database = await openFloor(required('DATABASE_URL'));

interface Waiting {
  readonly key: NewKey;
  readonly resolve: (id: string) => void;
  readonly reject: (error: unknown) => void;
}

let waiting: Waiting[] = [];
let isCommitting = false;

serveMints(
  database,
  (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (waiting.length === 1 && !isCommitting) setImmediate(commit);
    }),
);

async function commit(): Promise<void> {
  isCommitting = true;
  const batch = waiting;
  waiting = [];
  try {
    const ids = await database.insertAll(batch.map(({ key }) => key));
    for (const [index, { resolve }] of batch.entries()) resolve(ids[index] ?? '');
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
  isCommitting = false;
  if (waiting.length > 0) setImmediate(commit);
}
