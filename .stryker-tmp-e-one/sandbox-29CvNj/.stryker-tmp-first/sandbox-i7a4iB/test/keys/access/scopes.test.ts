// @ts-nocheck
// 
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../../support/kernel.ts';
import { callTool, listTools } from '../../support/mcp.ts';
import { grantNotes, NOTE, NOTE_AUTHOR, NotesApp } from '../../support/notes-app.ts';

const READING = [
  'aggregate_records',
  'describe_object',
  'get_record',
  'list_objects',
  'query_records',
  'validate_expression',
];
const WRITING = ['create_record', 'delete_record', 'update_record'];
const ACTING = ['list_actions', 'run_action'];

let target: TestKernel;
let key: string;
let person: Person;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()] });
  person = await target.newPerson();
  await grantNotes(target.engine, person);
  ({ key = '' } = await restEndpoint(target).mint(bearer(person.token), { name: 'scoped' }));
});
afterAll(() => target[Symbol.asyncDispose]());

/** What the column holds from now on, for the one key there is. */
async function store(scopes: readonly string[]): Promise<void> {
  await target.sql('UPDATE sys_api_key SET scopes = ?', [JSON.stringify(scopes)]);
}

async function notes(): Promise<number> {
  const [row] = await target.sql(`SELECT count(*) AS count FROM ${NOTE}`);
  return Number(row?.['count']);
}

function dataApi(init: RequestInit = {}): Promise<Response> {
  return target.request(`/api/v1/data/${NOTE}`, {
    ...init,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
  });
}

const create = { method: 'POST', body: JSON.stringify({ title: 'written with a key' }) };

describe.each<[string, readonly string[], { read: boolean; write: boolean; tools: readonly string[] }]>([
  ['no scopes', [], { read: true, write: true, tools: [...READING, ...WRITING, ...ACTING] }],
  ['data:read', ['data:read'], { read: true, write: false, tools: READING }],
  ['data:write', ['data:write'], { read: true, write: true, tools: [...READING, ...WRITING] }],
  ['actions:execute', ['actions:execute'], { read: false, write: false, tools: ACTING }],
  ['a permission set of its owner', [NOTE_AUTHOR], { read: true, write: true, tools: [...READING, ...WRITING] }],
  ['a permission set about other objects', ['viewer_readonly'], { read: true, write: false, tools: READING }],
  [
    'two, of which one allows more',
    ['actions:execute', 'data:read'],
    { read: true, write: false, tools: [...READING, ...ACTING] },
  ],
  ['one that does not exist', ['no_such_set'], { read: false, write: false, tools: [] }],
  [
    'one that does not exist, and data:read',
    ['no_such_set', 'data:read'],
    { read: true, write: false, tools: READING },
  ],
])('a key with %s', (_name, scopes, may) => {
  beforeAll(() => store(scopes));

  it(`${may.read ? 'reads' : 'cannot read'} at the data API and through MCP`, async () => {
    expect((await dataApi()).status).toBe(may.read ? 200 : 403);
    const queried = await callTool(target, { 'x-api-key': key }, 'query_records', { objectName: NOTE });
    expect(queried.done).toBe(may.read);
  });

  it(`${may.write ? 'writes' : 'cannot write'} at the data API and through MCP`, async () => {
    const before = await notes();
    expect((await dataApi(create)).status).toBe(may.write ? 201 : 403);
    const created = await callTool(target, { 'x-api-key': key }, 'create_record', {
      objectName: NOTE,
      data: { title: 'written by an agent' },
    });
    expect(created.done).toBe(may.write);
    expect(await notes()).toBe(before + (may.write ? 2 : 0));
  });

  it('is offered the tools that it may use, and no others', async () => {
    expect(await listTools(target, { 'x-api-key': key })).toEqual([...may.tools].sort());
  });
});

it('a permission set that the owner does not hold adds no rights', async () => {
  await store(['admin_full_access']);
  const administration = await target.request('/api/v1/data/sys_position', {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'chief', label: 'Chief' }),
  });
  expect(administration.status).toBe(403);
  expect(await target.sql("SELECT id FROM sys_position WHERE name = 'chief'")).toEqual([]);
  // What both allow is left.
  expect((await dataApi()).status).toBe(200);
});

it.each([
  ['no scopes', []],
  ['data:write', ['data:write']],
  ['a permission set', [NOTE_AUTHOR]],
])('a right that its owner loses is lost to a key with %s at the next request', async (_name, scopes) => {
  await store(scopes);
  const createWithTool = () =>
    callTool(target, { 'x-api-key': key }, 'create_record', { objectName: NOTE, data: { title: 'x' } });
  expect([(await dataApi(create)).status, (await createWithTool()).done]).toEqual([201, true]);
  await target.engine.delete('sys_user_permission_set', {
    where: { user_id: person.id },
    multi: true,
    context: { isSystem: true },
  });
  const before = await notes();
  expect([(await dataApi(create)).status, (await createWithTool()).done]).toEqual([403, false]);
  expect(await notes()).toBe(before);
  await grantNotes(target.engine, person);
  expect((await dataApi(create)).status).toBe(201);
});
