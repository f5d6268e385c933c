// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDED_ELSEWHERE, expectEndedElsewhere } from '../support/ended-elsewhere.ts';
import { newDatabase } from '../support/kernel.ts';
import { expectOneReplacement } from '../support/one-replacement.ts';
import { type Replica, startReplica } from '../support/replica.ts';

let servers: [Replica, Replica];
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await newDatabase('sqlite');
  drop = database.drop;
  servers = await Promise.all([startReplica(database.config), startReplica(database.config)]);
}, 180_000);

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await drop();
});

describe('two processes on one SQLite file, started together while it was empty', () => {
  it('lose no key when both write at the same time', async () => {
    const token = await servers[0].signIn();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => servers[index % 2 === 0 ? 0 : 1].mint(token, `key ${index}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(201));
    const uses = servers.flatMap((server) => answers.map(({ key = '' }) => server.use(key)));
    expect(new Set(await Promise.all(uses))).toEqual(new Set([200]));
  });

  it('create one key for a request that is sent to both at the same time', async () => {
    const token = await servers[0].signIn();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => servers[index % 2 === 0 ? 0 : 1].mint(token, 'once', 'sent-to-both')),
    );
    expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
    expect(new Set(answers.map(({ apiKey }) => apiKey?.id)).size).toBe(1);
    expect(answers.filter(({ key }) => typeof key === 'string')).toHaveLength(1);
  });

  it('create one replacement when a key is rotated on both at the same time, with and without an Idempotency-Key', async () => {
    await expectOneReplacement(servers, await servers[0].signIn());
  });

  it.each(Object.entries(ENDED_ELSEWHERE))('refuse at one the key %s at the other, at the next request', (_how, end) =>
    expectEndedElsewhere(servers, end),
  );
});
