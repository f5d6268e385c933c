import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentKey, requestCarriesKey } from '../../src/keys/admission/current-key.ts';
import type { MiddlewareEngine } from '../../src/platform/middleware.ts';
import { bootKernel, type TestKernel } from '../support/kernel.ts';
import { ENDINGS, type KeyOwner, newKeyOwner } from '../support/key-owner.ts';
import { callTool } from '../support/mcp.ts';
import { bootWithStdio, type StdioKernel } from '../support/mcp-stdio.ts';
import { NOTE, NotesApp, STAMP } from '../support/notes-app.ts';

/** The outcome of using a key: `answered`, `refused`, or anything else as it was answered. */
type Outcome = string;

/** Where changes are made; and another replica on the same database, where keys are used over HTTP. */
let first: TestKernel;
let second: StdioKernel;
let agent: KeyOwner;

beforeAll(async () => {
  first = await bootKernel({ plugins: [new NotesApp()] });
  agent = await newKeyOwner(first.engine);
  second = await bootWithStdio(agent.raw, { plugins: [new NotesApp()], config: { database: first.database } });
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();
});

const overHttp = { request: (path: string, init?: RequestInit) => fetch(`${second.target.url}${path}`, init) };

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
  'the list of MCP': (owner) => toolOutcome(owner, 'list_objects', {}),
  'a query over MCP': (owner) => toolOutcome(owner, 'query_records', { objectName: NOTE }),
  'a write over MCP': (owner) => toolOutcome(owner, 'create_record', { objectName: NOTE, data }),
  'an action': (owner) => outcomeOf(send(owner, `/api/v1/actions/${NOTE}/${STAMP}`, {}), 200),
  GraphQL: (owner) => outcomeOf(send(owner, '/api/v1/graphql', { query: '{ viewer { id } }' }), 200),
  // A live key is known there, and told that it may not mint.
  REST: (owner) => outcomeOf(send(owner, '/api/v1/keys', { name: 'x' }), 403),
  'writes of many records': (owner) => outcomeOf(send(owner, `/api/v1/data/${NOTE}/createMany`, [data]), 201),
};

const notes = (): Promise<unknown> => first.sql(`SELECT id FROM ${NOTE} ORDER BY id`);

describe.each(Object.entries(ENDINGS))('a key that %s', (_how, end) => {
  const outcomes = new Map<string, { live: Outcome; ended: Outcome }>();
  let written: unknown;
  let writtenOnceEnded: unknown;

  beforeAll(async () => {
    const owner = await newKeyOwner(first.engine);
    for (const [route, use] of Object.entries(ROUTES)) outcomes.set(route, { live: await use(owner), ended: '' });
    await end(first, owner);
    written = await notes();
    for (const [route, use] of Object.entries(ROUTES)) {
      outcomes.set(route, { live: outcomes.get(route)?.live ?? '', ended: await use(owner) });
    }
    writtenOnceEnded = await notes();
  });

  it.each(Object.keys(ROUTES))(
    'is refused by another replica at the next request (%s), and was answered before',
    (route) => {
      expect(outcomes.get(route)).toEqual({ live: 'answered', ended: 'refused' });
    },
  );

  it('writes nothing', () => {
    expect(writtenOnceEnded).toEqual(written);
  });
});

describe('over stdio', () => {
  const tools: [string, Record<string, unknown>][] = [
    ['query_records', { objectName: NOTE }],
    ['create_record', { objectName: NOTE, data }],
  ];
  const call = async (client: Client, [name, input]: (typeof tools)[number]): Promise<Outcome> => {
    const result = await client.callTool({ name, arguments: input });
    if (result.isError !== true) return 'answered';
    const text = JSON.stringify(result.content);
    return text.includes('no longer valid') ? 'refused' : text;
  };
  const undo: Readonly<Record<string, string>> = {
    'is revoked': 'UPDATE sys_api_key SET revoked = false WHERE id = ?',
    'has expired': 'UPDATE sys_api_key SET expires_at = NULL WHERE id = ?',
  };

  it.each(Object.keys(undo))('a key that %s is refused, and answered again once it does not', async (how) => {
    for (const tool of tools) expect(await call(second.client, tool)).toBe('answered');
    await ENDINGS[how]?.(first, agent);
    const before = await notes();
    for (const tool of tools) expect(await call(second.client, tool)).toBe('refused');
    expect(await notes()).toEqual(before);
    await first.sql(undo[how] ?? '', [agent.keyId]);
    for (const tool of tools) expect(await call(second.client, tool)).toBe('answered');
  });

  it('each message counts as a request with a key', async () => {
    const seen: unknown[] = [];
    (second.target.engine as unknown as MiddlewareEngine).registerMiddleware(
      async (operation, next) => {
        if (operation.context?.isSystem !== true) seen.push([requestCarriesKey(), currentKey()?.id]);
        await next();
      },
      { object: NOTE },
    );
    for (const tool of tools) expect(await call(second.client, tool)).toBe('answered');
    expect(new Set(seen.map((value) => JSON.stringify(value)))).toEqual(new Set([JSON.stringify([true, agent.keyId])]));
  });
});
