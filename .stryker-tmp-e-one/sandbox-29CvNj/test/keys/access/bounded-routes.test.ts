// @ts-nocheck
import type { Plugin, PluginContext } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesFor } from '../../../src/keys/access/routes.ts';
import { bearer, restEndpoint } from '../../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../../support/kernel.ts';
import { grantNotes, NOTE, NotesApp } from '../../support/notes-app.ts';

const SECRET = 'a title that nobody guesses';
/** A permission set that lets its holders export notes, which none of the capabilities does, and delete them. */
const EXPORTER = 'notes_exporter';
const exporters: Plugin = {
  name: 'com.example.exporters',
  version: '1.0.0',
  init(context: PluginContext): void {
    context.getService<{ register(manifest: object): void }>('manifest').register({
      id: 'com.example.exporters',
      namespace: 'exporters',
      version: '1.0.0',
      type: 'app',
      name: 'Exporters',
      permissions: [
        {
          name: EXPORTER,
          label: 'Exporter',
          objects: { [NOTE]: { allowRead: true, allowExport: true, allowDelete: true } },
        },
      ],
    });
  },
};
const DATA = `/api/v1/data/${NOTE}`;

let target: TestKernel;
let owner: Person;
let key: string;
let noteId: string;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp(), exporters] });
  owner = await target.newPerson();
  await grantNotes(target.engine, owner);
  const context = { isSystem: true };
  const [set] = await target.engine.find('sys_permission_set', { where: { name: EXPORTER }, context });
  const grant = { user_id: owner.id, permission_set_id: set?.['id'] };
  await target.engine.insert('sys_user_permission_set', grant, { context });
  ({ key = '' } = await restEndpoint(target).mint(bearer(owner.token), { name: 'scoped' }));
});
afterAll(() => target[Symbol.asyncDispose]());

/** What the column holds from now on, for the one key there is. */
async function store(scopes: readonly string[]): Promise<void> {
  await target.sql('UPDATE sys_api_key SET scopes = ?', [JSON.stringify(scopes)]);
}

async function newNote(): Promise<void> {
  const { id: userId, organizationId: tenantId } = owner;
  const context = { isSystem: true, userId, ...(tenantId === undefined ? {} : { tenantId }) };
  noteId = String(((await target.engine.insert(NOTE, { title: SECRET }, { context })) as { id: unknown }).id);
}

/** Every note, as it is stored. */
const notes = (): Promise<unknown> => target.sql(`SELECT id, title FROM ${NOTE} ORDER BY id`);

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function send(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await target.request(path, {
    method,
    headers: {
      'x-api-key': key,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-06-18',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

const tool = (name: string, input: object): Promise<Answer> =>
  send('POST', '/api/v1/mcp', {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name, arguments: { objectName: NOTE, ...input } },
  });

interface Ways {
  readonly reads?: () => Promise<Answer>;
  readonly writes?: () => Promise<Answer>;
  /** The scopes of which each lets a key read here. */
  readonly readers?: readonly string[];
}

/** How to read, and how to write, at each route that takes keys with scopes. */
const WAYS: Readonly<Record<string, Ways>> = {
  'GET /data/:object': { reads: () => send('GET', DATA) },
  'POST /data/:object': { writes: () => send('POST', DATA, { title: 'new' }) },
  'POST /data/:object/query': { reads: () => send('POST', `${DATA}/query`, { limit: 10 }) },
  'GET /data/:object/:id': { reads: () => send('GET', `${DATA}/${noteId}`) },
  'PATCH /data/:object/:id': { writes: () => send('PATCH', `${DATA}/${noteId}`, { title: 'changed' }) },
  'DELETE /data/:object/:id': { writes: () => send('DELETE', `${DATA}/${noteId}`) },
  'POST /data/:object/batch': {
    writes: () => send('POST', `${DATA}/batch`, { operation: 'create', records: [{ data: { title: 'new' } }] }),
  },
  'POST /data/:object/createMany': { writes: () => send('POST', `${DATA}/createMany`, [{ title: 'new' }]) },
  'POST /data/:object/updateMany': {
    writes: () => send('POST', `${DATA}/updateMany`, { records: [{ id: noteId, data: { title: 'changed' } }] }),
  },
  'POST /data/:object/deleteMany': { writes: () => send('POST', `${DATA}/deleteMany`, { ids: [noteId] }) },
  'POST /batch': {
    writes: () =>
      send('POST', '/api/v1/batch', { operations: [{ object: NOTE, action: 'create', data: { title: 'new' } }] }),
  },
  'POST /data/:object/:id/clone': { writes: () => send('POST', `${DATA}/${noteId}/clone`, { title: 'cloned' }) },
  'GET /data/:object/export': {
    reads: () => send('GET', `${DATA}/export?format=json`),
    readers: [EXPORTER],
  },
  'POST /data/:object/import': {
    writes: () => send('POST', `${DATA}/import`, { rows: [{ title: 'imported' }], format: 'json' }),
  },
  'GET /search': { reads: () => send('GET', `/api/v1/search?q=guesses&objects=${NOTE}`) },
  'POST /mcp': {
    reads: () => tool('query_records', { limit: 10 }),
    writes: () => tool('create_record', { data: { title: 'new' } }),
  },
  // It has no sessions: there is nothing to listen to and nothing to end.
  'GET /mcp': {},
  'DELETE /mcp': {},
};

it('each route that takes keys with scopes is tried here, and no other', () => {
  expect(Object.keys(WAYS).sort()).toEqual(routesFor('scoped keys').sort());
});

describe.each(Object.entries(WAYS))('%s', (route, { reads, writes, readers = ['data:read', 'data:write'] }) => {
  it('reads with the scope for it, and not without', async () => {
    if (reads === undefined) return;
    await newNote();
    for (const scope of readers) {
      await store([scope]);
      expect((await reads()).text).toContain(SECRET);
    }
    for (const scopes of [['actions:execute'], ['no_such_set'], ['viewer_of_other_things', 'actions:execute']]) {
      await store(scopes);
      expect((await reads()).text).not.toContain(SECRET);
    }
  });

  it('writes with the scope for it, and not without', async () => {
    if (writes === undefined) return;
    await newNote();
    const before = await notes();
    for (const scopes of [['data:read'], ['actions:execute'], ['no_such_set'], ['data:read', 'actions:execute']]) {
      await store(scopes);
      await writes();
      expect(await notes(), JSON.stringify(scopes)).toEqual(before);
    }
    await store(['data:write']);
    const { text } = await writes();
    expect(await notes(), text).not.toEqual(before);
  });

  it('shows and changes nothing where there is nothing to read or write', async () => {
    if (reads !== undefined || writes !== undefined) return;
    await store(['data:write']);
    const [method = '', path = ''] = route.split(' ');
    const before = await notes();
    const { text } = await send(method, `/api/v1${path}`);
    expect(text).not.toContain(SECRET);
    expect(await notes()).toEqual(before);
  });
});

describe.each(routesFor('keys without scopes'))('%s is closed to keys with scopes', (route) => {
  it('and says so', async () => {
    const [method = '', path = ''] = route.split(' ');
    await store(['data:read', 'data:write', 'actions:execute']);
    const before = await notes();
    const filled = path.replace(':object', NOTE).replaceAll(/:[A-Za-z]+/g, 'some_id');
    const { status, text } = await send(method, `/api/v1${filled}`, method === 'GET' ? undefined : {});
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: 'FORBIDDEN', message: expect.stringContaining('scopes') },
    });
    expect(await notes()).toEqual(before);
  });
});
