import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

const HUNT = fileURLToPath(new URL('./hunt.ts', import.meta.url));

interface Finding {
  id: string;
  hash: string;
  cached: boolean;
  inSerialized: number;
  inHeap: number;
  nameInHeap: boolean;
}

let target: TestKernel;
let person: Person;
beforeAll(async () => {
  target = await bootKernel();
  person = await target.newPerson();
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

async function hunt(client: string, keyName: string, ...more: string[]): Promise<Finding> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [HUNT, client, `${target.url}/api/v1/graphql`, keyName, ...more],
    { env: { PATH: process.env['PATH'], TOKEN: person.token } },
  );
  return JSON.parse(stdout) as Finding;
}

describe.each([
  ['Apollo Client', 'apollo', true],
  ['urql with its document cache', 'urql', true],
  ['urql with its normalized cache', 'urql-graphcache', true],
  ['graphql-request', 'graphql-request', false],
])('%s', (_name, client, hasCache) => {
  it('creates a key and keeps its secret nowhere: not in a cache, written out or in memory, and not elsewhere', async () => {
    const found = await hunt(client, `for ${client}`);

    // The client was given the secret: it is the one whose hash is stored.
    const row = (await target.storedKeys()).find(({ id }) => id === found.id);
    expect(row).toMatchObject({ key: found.hash, name: `for ${client}`, user_id: person.id });
    // And its cache, where it has one, holds the key that may be shown again.
    expect(found.cached).toBe(hasCache);
    expect(found.nameInHeap).toBe(true);
    expect({ inSerialized: found.inSerialized, inHeap: found.inHeap }).toEqual({ inSerialized: 0, inHeap: 0 });
  });

  it('whose result is kept is found by the same hunt', async () => {
    const found = await hunt(client, `kept by ${client}`, 'keep');
    expect(found.inHeap).toBeGreaterThan(0);
  });
});

it('Apollo Client with its default fetch policy writes no secret out, but remembers having read one', async () => {
  const found = await hunt('apollo-default', 'by default');
  expect(found.cached).toBe(true);
  expect(found.inSerialized).toBe(0);
  // Why docs/objectui.md asks for `no-cache`. Once this is 0, it no longer has to.
  expect(found.inHeap).toBeGreaterThan(0);
});
