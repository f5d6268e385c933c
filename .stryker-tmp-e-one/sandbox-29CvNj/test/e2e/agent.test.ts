// @ts-nocheck
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';
import { grantNotes, NOTE, NotesApp } from '../support/notes-app.ts';
import { freePort } from '../support/port.ts';

const CONNECTION = '{ connection { mcpUrl skill clients { name location config } } }';

interface Connection {
  mcpUrl: string;
  skill: string;
  clients: { name: string; location: string; config: string }[];
}

let target: TestKernel;
let origin: string;
let person: Person;
let key: string;
let keyId: string;
/** A note of the person, and one of somebody else. */
let own: string;
let foreign: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  target = await bootKernel({ plugins: [new NotesApp()], config: { port, baseUrl: origin } });
  person = await target.newPerson();
  const minted = await graphqlEndpoint(target).mint(bearer(person.token), { name: 'for an agent' });
  key = minted.key ?? '';
  keyId = minted.apiKey?.id ?? '';
  expect(key).toMatch(/^osk_/);
  own = await write(person, 'mine');
  foreign = await write(await target.newPerson(), 'theirs');
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** Writes a note as a person, who may. */
async function write(author: Person, title: string): Promise<string> {
  await grantNotes(target.engine, author);
  const response = await target.request(`/api/v1/data/${NOTE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(author.token) },
    body: JSON.stringify({ title }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

async function query(headers: Record<string, string>): Promise<{ data?: { connection: Connection | null } }> {
  const response = await target.request('/api/v1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: CONNECTION }),
  });
  return (await response.json()) as { data?: { connection: Connection | null } };
}

async function connection(): Promise<Connection> {
  const { data } = await query(bearer(person.token));
  if (data?.connection == null) throw new Error('there is no connection');
  return data.connection;
}

async function connect(transport: Transport): Promise<Client> {
  const client = new Client({ name: 'test-agent', version: '1.0.0' });
  await client.connect(transport);
  return client;
}

const overHttp = (url: string): Transport =>
  new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { 'x-api-key': key } } }) as Transport;

const textOf = (result: Awaited<ReturnType<Client['callTool']>>): string =>
  (result.content as { text?: string }[]).map(({ text }) => text ?? '').join('\n');

describe('Query.connection', () => {
  it('gives the public address of the endpoint, and the skill with it', async () => {
    const { mcpUrl, skill } = await connection();
    expect(mcpUrl).toBe(`${origin}/api/v1/mcp`);
    expect(skill).toMatch(/^---\nname: objectstack\n/);
    expect(skill).toContain(mcpUrl);
  });

  it('has no key in it, and neither the caller’s own', async () => {
    for (const headers of [bearer(person.token), { 'x-api-key': key }]) {
      const answer = JSON.stringify(await query(headers));
      expect(answer).toContain('YOUR_API_KEY');
      expect(answer).not.toContain(key);
    }
  });

  it('is refused to an anonymous caller', async () => {
    expect(await query({})).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

describe('an agent with a key that was minted through GraphQL', () => {
  it('lists the tools, describes an object, and reads a record as the owner of the key', async () => {
    const client = await connect(overHttp((await connection()).mcpUrl));
    try {
      const tools = (await client.listTools()).tools.map(({ name }) => name);
      expect(tools).toEqual(expect.arrayContaining(['list_objects', 'describe_object', 'get_record', 'query_records']));

      const described = await client.callTool({ name: 'describe_object', arguments: { objectName: NOTE } });
      expect(JSON.parse(textOf(described))).toMatchObject({ name: NOTE, label: 'Note' });

      const read = await client.callTool({ name: 'get_record', arguments: { objectName: NOTE, recordId: own } });
      expect(JSON.parse(textOf(read))).toMatchObject({ title: 'mine', created_by: person.id });
    } finally {
      await client.close();
    }
  });

  it("cannot read another person's record", async () => {
    const client = await connect(overHttp((await connection()).mcpUrl));
    try {
      const read = await client.callTool({ name: 'get_record', arguments: { objectName: NOTE, recordId: foreign } });
      expect(read.isError).toBe(true);
      expect(textOf(read)).not.toContain('theirs');
      const all = await client.callTool({ name: 'query_records', arguments: { objectName: NOTE } });
      expect(textOf(all)).toContain('mine');
      expect(textOf(all)).not.toContain('theirs');
    } finally {
      await client.close();
    }
  });

  it('connects with the configuration for Claude Desktop as it is handed out', async () => {
    const { clients } = await connection();
    const config = clients.find(({ name }) => name === 'Claude Desktop')?.config ?? '';
    const { args, env } = JSON.parse(config.replace('YOUR_API_KEY', key)).mcpServers.objectstack as {
      args: string[];
      env: Record<string, string>;
    };
    const [yes, packageName, ...rest] = args;
    expect([yes, packageName]).toEqual(['-y', 'mcp-remote']);
    // What npx would fetch and run.
    const manifest = createRequire(import.meta.url).resolve('mcp-remote/package.json');
    const client = await connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [join(dirname(manifest), 'dist/proxy.js'), ...rest],
        env: { PATH: process.env['PATH'] ?? '', ...env },
        stderr: 'ignore',
      }),
    );
    try {
      expect((await client.listTools()).tools.map(({ name }) => name)).toContain('query_records');
    } finally {
      await client.close();
    }
  });

  it('is refused on its next call once the key is revoked', async () => {
    const client = await connect(overHttp((await connection()).mcpUrl));
    const call = () => client.callTool({ name: 'list_objects', arguments: {} });
    expect((await call()).isError ?? false).toBe(false);

    const revoked = await target.request(`/api/v1/data/sys_api_key/${keyId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...bearer(person.token) },
      body: JSON.stringify({ revoked: true }),
    });
    expect(revoked.status).toBe(200);

    await expect(call()).rejects.toThrow(/401|unauthori[sz]ed/i);
    await client.close();
  });
});
