import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../src/platform/engine.ts';
import { bootKernel, type TestKernel } from '../support/kernel.ts';
import { ENDINGS, type KeyOwner, newKeyOwner } from '../support/key-owner.ts';
import { callTool, listTools } from '../support/mcp.ts';
import { NOTE, NotesApp, STAMP } from '../support/notes-app.ts';
import { type StdioServer, startStdioServer } from '../support/stdio-server.ts';

/** The outcome of using a key: `answered`, `refused`, or anything else as it was answered. */
type Outcome = string;

/** Where changes are made; and a process of its own on the same database, where keys are used. */
let changes: TestKernel;
let used: StdioServer;
/** Whose key the process was started with. */
let agent: KeyOwner;

beforeAll(async () => {
  changes = await bootKernel({ plugins: [new NotesApp()] });
  agent = await newKeyOwner(changes.engine);
  used = await startStdioServer(changes.database, agent.raw);
}, 120_000);
afterAll(async () => {
  await used[Symbol.asyncDispose]();
  await changes[Symbol.asyncDispose]();
});

const overHttp = { request: (path: string, init?: RequestInit) => fetch(`${used.url}${path}`, init) };

async function send(owner: KeyOwner, path: string, body?: object): Promise<Response> {
  return overHttp.request(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...owner.headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** @param live the status with which a live key is answered. */
async function outcomeOf(pending: Promise<Response>, live: number): Promise<Outcome> {
  const response = await pending;
  const text = await response.text();
  if (response.status === live) return 'answered';
  return response.status === 401 ? 'refused' : `${response.status} ${text}`;
}

async function toolOutcome(owner: KeyOwner, tool: string, input: Record<string, unknown>): Promise<Outcome> {
  const { status, done, text } = await callTool(overHttp, owner.headers, tool, input);
  if (status === 401) return 'refused';
  return done ? 'answered' : `${status} ${text}`;
}

const data = { title: 'by a program' };
const ROUTES: Readonly<Record<string, (owner: KeyOwner) => Promise<Outcome>>> = {
  'a read of the data API': (owner) => outcomeOf(send(owner, `/api/v1/data/${NOTE}`), 200),
  'a query of the data API': (owner) => outcomeOf(send(owner, `/api/v1/data/${NOTE}/query`, {}), 200),
  'a write of the data API': (owner) => outcomeOf(send(owner, `/api/v1/data/${NOTE}`, data), 201),
  'a batch over objects': (owner) =>
    outcomeOf(send(owner, '/api/v1/batch', { operations: [{ object: NOTE, action: 'create', data }] }), 200),
  'a batch of one object': (owner) =>
    outcomeOf(send(owner, `/api/v1/data/${NOTE}/batch`, { operation: 'create', records: [{ data }] }), 200),
  'writes of many records': (owner) => outcomeOf(send(owner, `/api/v1/data/${NOTE}/createMany`, [data]), 201),
  'the list of MCP': (owner) => toolOutcome(owner, 'list_objects', {}),
  'a query over MCP': (owner) => toolOutcome(owner, 'query_records', { objectName: NOTE }),
  'a write over MCP': (owner) => toolOutcome(owner, 'create_record', { objectName: NOTE, data }),
  'an action': (owner) => outcomeOf(send(owner, `/api/v1/actions/${NOTE}/${STAMP}`, {}), 200),
  GraphQL: (owner) => outcomeOf(send(owner, '/api/v1/graphql', { query: '{ viewer { id } }' }), 200),
  // A live key is known there, and told that it may not mint.
  REST: (owner) => outcomeOf(send(owner, '/api/v1/keys', { name: 'x' }), 403),
};
/** How many of them write a note. */
const WRITES = 5;

/** Sends all of them at once. */
async function useAll(owner: KeyOwner): Promise<Record<string, Outcome>> {
  const outcomes = Object.entries(ROUTES).map(async ([route, use]) => [route, await use(owner)] as const);
  return Object.fromEntries(await Promise.all(outcomes));
}

const notesOf = async ({ userId }: KeyOwner): Promise<number> =>
  (await changes.sql(`SELECT id FROM ${NOTE} WHERE created_by = ?`, [userId])).length;

describe.each(Object.entries(ENDINGS))('a key that %s', (_how, end) => {
  let outcomes: Record<'live' | 'ended', Record<string, Outcome>>;
  let notes: Record<'live' | 'ended', number>;

  beforeAll(async () => {
    const owner = await newKeyOwner(changes.engine);
    const live = await useAll(owner);
    const notesWhileLive = await notesOf(owner);
    await end(changes, owner);
    outcomes = { live, ended: await useAll(owner) };
    notes = { live: notesWhileLive, ended: await notesOf(owner) };
  });

  it.each(Object.keys(ROUTES))('is refused by another process at the next request, and was answered: %s', (route) => {
    expect([outcomes.live[route], outcomes.ended[route]]).toEqual(['answered', 'refused']);
  });

  it('writes nothing, and wrote something', () => {
    expect(notes).toEqual({ live: WRITES, ended: WRITES });
  });
});

describe('over the standard input and output of a process', () => {
  const TOOLS: Readonly<Record<string, Record<string, unknown>>> = {
    list_objects: {},
    query_records: { objectName: NOTE },
    create_record: { objectName: NOTE, data },
  };
  const useTool = async (name: string, input: Record<string, unknown>): Promise<Outcome> => {
    try {
      const { isError, content } = await used.client.callTool({ name, arguments: input });
      return isError === true ? JSON.stringify(content) : 'answered';
    } catch (error) {
      return String(error).includes('no longer valid') ? 'refused' : String(error);
    }
  };
  const useTools = async (): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const [name, input] of Object.entries(TOOLS)) outcomes.push(await useTool(name, input));
    return outcomes;
  };
  const all = (outcome: Outcome) => Object.keys(TOOLS).map(() => outcome);

  describe.each([[['data:read']], [['data:write']], [['actions:execute']], [['data:read', 'actions:execute']]])(
    'a key with the scopes %j',
    (scopes) => {
      const limitTo = (stored: string | null) =>
        changes.sql('UPDATE sys_api_key SET scopes = ? WHERE id = ?', [stored, agent.keyId]);
      afterAll(() => limitTo(null));

      it('is offered the same tools as over HTTP, and may use no others', async () => {
        const listed = async () => (await used.client.listTools()).tools.map(({ name }) => name).sort();
        const [everything, everythingOverHttp] = [await listed(), await listTools(overHttp, agent.headers)];
        await limitTo(JSON.stringify(scopes));
        const overHttpNow = await listTools(overHttp, agent.headers);
        // Over stdio the platform has no tools for actions at all.
        expect(await listed()).toEqual(everything.filter((name) => overHttpNow.includes(name)));
        const closed = everythingOverHttp.filter((name) => !overHttpNow.includes(name));
        expect(closed.length).toBeGreaterThan(0);
        const before = await notesOf(agent);
        for (const name of closed) {
          expect(await useTool(name, { objectName: NOTE, data })).toContain('do not allow this tool');
        }
        expect(await notesOf(agent)).toBe(before);
      });
    },
  );

  /** Keeps the rows that an ending changes, and puts them back. */
  async function snapshot(): Promise<() => Promise<void>> {
    const places = [
      ['sys_user', 'id', agent.userId],
      ['sys_member', 'user_id', agent.userId],
      ['sys_api_key', 'id', agent.keyId],
      ['sys_api_key_detail', 'id', agent.keyId],
    ] as const;
    const kept: (readonly [table: string, Row[]])[] = [];
    for (const [table, column, value] of places) {
      kept.push([table, await changes.sql(`SELECT * FROM ${table} WHERE ${column} = ?`, [value])]);
    }
    return async () => {
      for (const [table, column, value] of places)
        await changes.sql(`DELETE FROM ${table} WHERE ${column} = ?`, [value]);
      for (const [table, rows] of kept) {
        for (const row of rows) {
          const columns = Object.keys(row);
          const marks = columns.map(() => '?').join(', ');
          await changes.sql(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`, Object.values(row));
        }
      }
    };
  }

  it.each(Object.entries(ENDINGS))('a key that %s is refused, and was answered', async (_how, end) => {
    expect(await useTools()).toEqual(all('answered'));
    const undo = await snapshot();
    await end(changes, agent);
    const notes = await notesOf(agent);
    expect(await useTools()).toEqual(all('refused'));
    expect(await notesOf(agent)).toBe(notes);
    await undo();
  });

  it('a key is held to its scopes, as they are at that moment', async () => {
    const under = async (scopes: readonly string[] | null): Promise<(boolean | string)[]> => {
      const stored = scopes === null ? null : JSON.stringify(scopes);
      await changes.sql('UPDATE sys_api_key SET scopes = ? WHERE id = ?', [stored, agent.keyId]);
      const before = await notesOf(agent);
      const query = await useTool('query_records', { objectName: NOTE });
      const create = await useTool('create_record', { objectName: NOTE, data });
      const written = (await notesOf(agent)) - before;
      expect(written).toBe(create === 'answered' ? 1 : 0);
      return [query === 'answered', create === 'answered'];
    };
    expect(await under(['data:read'])).toEqual([true, false]);
    expect(await under(['data:write'])).toEqual([true, true]);
    expect(await under(['actions:execute'])).toEqual([false, false]);
    expect(await under(['no_such_set'])).toEqual([false, false]);
    expect(await under(null)).toEqual([true, true]);
  });

  it('what is written is on record with the key', async () => {
    expect(await useTools()).toEqual(all('answered'));
    const rows = await changes.sql('SELECT * FROM sys_audit_log WHERE object_name = ? AND user_id = ?', [
      NOTE,
      agent.userId,
    ]);
    expect(rows.length).toBe(await notesOf(agent));
    for (const row of rows) expect(JSON.parse(String(row['metadata']))).toMatchObject({ api_key: agent.keyId });
  });
});
