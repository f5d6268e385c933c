// @ts-nocheck
// 
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { getHeapSnapshot } from 'node:v8';
import type { Client, Connect } from './clients/client.ts';

/**
 * A process that uses a client, and then looks for the secret in everything that the process still
 * holds: the client and its caches are alive, and its heap is written out after a collection.
 *
 * usage: hunt.ts <client> <url> <name of the key> [keep]   (the session token in TOKEN)
 * With `keep` it holds on to the result, as an interface must not: the hunt has to find it.
 */
const SECRET = /osk_[A-Za-z0-9_-]{43}/g;
const [clientName = '', url = '', keyName = '', keep] = process.argv.slice(2);

/** What a program holds for good. */
const held: { client?: Client; result?: unknown } = {};
Object.assign(globalThis, { held });

const { connect } = (await import(`./clients/${clientName}.ts`)) as { connect: Connect };
held.client = connect(url, process.env['TOKEN'] ?? '');

/** The result is seen here and left behind: what goes out is the proof that the secret was in it. */
async function create(client: Client): Promise<{ id: string; hash: string }> {
  await client.list();
  const result = await client.create(keyName);
  if (keep === 'keep') held.result = result;
  const { apiKey, key } = result.createApiKey;
  await client.list();
  return {
    id: apiKey.id,
    hash: createHash('sha256')
      .update(key ?? '')
      .digest('hex'),
  };
}

const minted = await create(held.client);
const serialized = await held.client.serialized();
const heap = await text(getHeapSnapshot());
process.stdout.write(
  JSON.stringify({
    ...minted,
    cached: serialized.includes(minted.id),
    inSerialized: serialized.match(SECRET)?.length ?? 0,
    inHeap: heap.match(SECRET)?.length ?? 0,
    // The precondition of a search in a snapshot: it holds what the client holds.
    nameInHeap: heap.includes(keyName),
  }),
);
process.exit(0);
