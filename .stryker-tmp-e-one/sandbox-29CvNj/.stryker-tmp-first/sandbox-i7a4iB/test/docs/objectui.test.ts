// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';
import { blockNamed, ROOT } from '../support/markdown.ts';

/** What each example of the guide exports. */
interface Example<Client> {
  connect(origin: string, headers: Record<string, string>): Client;
  createKey(client: Client, name: string, intent: string): Promise<{ apiKey: { id: string }; key: string | null }>;
  listKeys(client: Client): Promise<{ id: string }[]>;
}

const FOLDER = `${ROOT}.tmp/objectui-${randomUUID()}/`;
let target: TestKernel;
let person: Person;
beforeAll(async () => {
  target = await bootKernel();
  person = await target.newPerson();
  await mkdir(FOLDER, { recursive: true });
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
  await rm(FOLDER, { recursive: true, force: true });
});

/** Writes an example down as it is in the guide; only the package is the one of this folder. */
async function exampleOf(name: string): Promise<Example<unknown>> {
  const { code } = await blockNamed('docs/objectui.md', name);
  await writeFile(
    FOLDER + name,
    code.replaceAll("'objectstack-api-keys/operations'", `'${ROOT}src/operations/documents.ts'`),
  );
  return (await import(/* @vite-ignore */ FOLDER + name)) as Example<unknown>;
}

describe.each(['apollo.ts', 'urql.ts', 'graphql-request.ts'])('docs/objectui.md: %s', (name) => {
  it('creates one key an intent with the session cookie, shows it once, and lists it', async () => {
    const { connect, createKey, listKeys } = await exampleOf(name);
    const client = connect(target.url, { cookie: person.cookie });
    const before = await listKeys(client);

    const intent = randomUUID();
    const { apiKey, key } = await createKey(client, name, intent);
    expect(key).toMatch(/^osk_/);
    const use = await target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': key ?? '' } });
    expect(use.status).toBe(200);
    expect((await listKeys(client)).map(({ id }) => id)).toEqual([apiKey.id, ...before.map(({ id }) => id)]);

    expect(await createKey(client, name, intent)).toMatchObject({ apiKey: { id: apiKey.id }, key: null });
    expect(await listKeys(client)).toHaveLength(before.length + 1);
  });

  it('throws what the server says when it is refused', async () => {
    const { connect, createKey } = await exampleOf(name);
    const client = connect(target.url, { cookie: person.cookie });
    await expect(createKey(client, '', randomUUID())).rejects.toThrow(
      'The name must not be empty: say what the key is for.',
    );
  });
});
