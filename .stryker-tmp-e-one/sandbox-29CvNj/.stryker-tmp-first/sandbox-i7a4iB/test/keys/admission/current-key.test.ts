// @ts-nocheck
// 
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AdmittedKey, currentKey, requestCarriesKey } from '../../../src/keys/admission/current-key.ts';
import type { MiddlewareEngine } from '../../../src/platform/middleware.ts';
import { bearer, graphqlEndpoint } from '../../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../../support/kernel.ts';
import { callTool } from '../../support/mcp.ts';
import { grantNotes, NOTE, NotesApp } from '../../support/notes-app.ts';

/** What the engine saw of the request on whose behalf it read notes. */
interface Seen {
  readonly carries: boolean;
  readonly key: AdmittedKey | undefined;
}

let target: TestKernel;
let person: Person;
let key: string;
let seen: Seen[];

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()] });
  person = await target.newPerson();
  await grantNotes(target.engine, person);
  ({ key = '' } = await graphqlEndpoint(target).mint(bearer(person.token), { name: 'seen' }));
  (target.engine as unknown as MiddlewareEngine).registerMiddleware(
    async (operation, next) => {
      if (operation.context?.isSystem !== true) seen.push({ carries: requestCarriesKey(), key: currentKey() });
      await next();
    },
    { object: NOTE },
  );
});
afterAll(() => target[Symbol.asyncDispose]());

const list = `/api/v1/data/${NOTE}`;

async function seenBy(request: () => Promise<unknown>): Promise<Seen | undefined> {
  seen = [];
  await request();
  return seen[0];
}

it.each<[string, Record<string, string>]>([
  ['X-API-Key', { 'x-api-key': '' }],
  ['Authorization: ApiKey', { authorization: 'ApiKey ' }],
  ['Authorization: Bearer', { authorization: 'Bearer ' }],
])('the key of a request (%s) is known wherever the engine is asked on its behalf', async (_name, header) => {
  const headers = Object.fromEntries(Object.entries(header).map(([name, scheme]) => [name, scheme + key]));
  expect(await seenBy(() => target.request(list, { headers }))).toEqual({
    carries: true,
    key: expect.objectContaining({
      prefix: key.slice(0, 12),
      ownerId: person.id,
      organizationId: person.organizationId,
      scopes: [],
    }),
  });
});

it('the key of an MCP request is known', async () => {
  const answer = await seenBy(() => callTool(target, { 'x-api-key': key }, 'query_records', { objectName: NOTE }));
  expect(answer).toMatchObject({ carries: true, key: { ownerId: person.id } });
});

it('a session has no key', async () => {
  expect(await seenBy(() => target.request(list, { headers: bearer(person.token) }))).toEqual({
    carries: false,
    key: undefined,
  });
});

it('a session beside a dead key counts as a request with a key', async () => {
  const headers = { 'x-api-key': 'osk_dead', cookie: person.cookie };
  expect(await seenBy(() => target.request(list, { headers }))).toEqual({ carries: true, key: undefined });
});

it('outside of requests there is no key', () => {
  expect(requestCarriesKey()).toBe(false);
  expect(currentKey()).toBeUndefined();
});
