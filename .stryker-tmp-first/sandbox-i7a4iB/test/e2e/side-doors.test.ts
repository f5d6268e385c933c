// @ts-nocheck
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { restEndpoint } from '../support/endpoints.ts';
import { callTool } from '../support/mcp.ts';
import { compare, openLab, type SecretLab, toEngine } from '../support/secrets/lab.ts';
import { questions, SECRETS } from '../support/secrets/questions.ts';
import { asks } from '../support/secrets/routes.ts';

/** What depends on the database, on both: names in SQL, views, other spellings of a table, and a pool of connections. */
const SEED = Number(process.env['SECRET_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

let lab: SecretLab;
let key: string;
let withKey: Record<string, string>;

beforeAll(async () => {
  lab = await openLab();
  key = (await restEndpoint(lab.server).mint(lab.headers, { name: 'a key' })).key ?? '';
  withKey = { 'x-api-key': key, 'content-type': 'application/json' };
});
afterAll(() => lab.server[Symbol.asyncDispose]());

const send = (method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Response> =>
  lab.server.request(`/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe('a secret', () => {
  it('is not found by asking the engine', async () => {
    const asked = fc.sample(questions, { seed: SEED, numRuns: 300 });
    expect((await compare(lab, asked, toEngine(lab, lab.context))).different).toEqual([]);
    const unguarded = await compare(lab, asked, toEngine(lab, { ...lab.context, isSystem: true }));
    expect(unguarded.different.length).toBeGreaterThan(0);
  }, 60_000);

  it.each(Object.keys(asks({} as SecretLab)) as (keyof ReturnType<typeof asks>)[])(
    'is not found through a route: %s',
    async (kind) => {
      const asked = fc.sample(questions, { seed: SEED, numRuns: 6 });
      expect((await compare(lab, asked, asks(lab)[kind])).different).toEqual([]);
    },
    60_000,
  );

  it.each(SECRETS.map(({ object, field }) => [object, field] as const))(
    'is named by the refusal and not told: %s.%s',
    async (object, field) => {
      for (const name of [field, field.toUpperCase(), `${object}.${field}`, `"${field}"`, `${field}::text`]) {
        const refused = await send('POST', `/data/${object}/query`, lab.headers, { where: { [name]: { $gte: 'M' } } });
        expect(refused.status, name).toBe(400);
      }
      const shown = await send('GET', `/data/${object}/decoy`, lab.headers);
      expect(shown.status).toBe(200);
      expect(await shown.text()).not.toMatch(/Aa-left|Zz-right|0a-left|fz-right/);
    },
  );
});

describe('a table of credentials', () => {
  it('is closed to a key and is asked for by nobody else in its place', async () => {
    for (const object of ['sys_session', 'sys_account', 'sys_verification', 'sys_jwks', 'sys_sign_in_state']) {
      for (const name of [object, object.toUpperCase(), `public.${object}`]) {
        const path = `/data/${encodeURIComponent(name)}`;
        const answers = [
          await send('GET', path, withKey),
          await send('POST', `${path}/query`, withKey, {}),
          await send('DELETE', `${path}/decoy`, withKey),
        ];
        for (const { status } of answers) expect([400, 403, 404, 405], name).toContain(status);
      }
      expect((await callTool(lab.server, withKey, 'query_records', { objectName: object })).done).toBe(false);
    }
    expect(await lab.server.sql("SELECT id FROM sys_session WHERE id = 'decoy'")).toHaveLength(1);
  }, 60_000);

  it('has no results in a search of a key over all objects, which answers with the rest', async () => {
    await lab.server.engine.insert(
      'vault_ticket',
      { id: 'findable', subject: 'findable@example.test' },
      { context: { isSystem: true } },
    );
    const search = async (more = ''): Promise<{ status: number; text: string }> => {
      const answer = await send('GET', `/search?q=findable${more}`, withKey);
      return { status: answer.status, text: await answer.text() };
    };
    const everything = await search();
    expect(everything.status, everything.text).toBe(200);
    const { hits } = JSON.parse(everything.text) as { hits: { object: string }[] };
    expect(hits.map(({ object }) => object)).toEqual(['vault_ticket']);
    for (const objects of ['sys_secret', 'vault_ticket,sys_oauth_application']) {
      expect((await search(`&objects=${objects}`)).status).toBe(403);
    }
    expect((await send('POST', '/data/sys_invitation/query', withKey, { search: 'findable' })).status).toBe(403);
  });
});

describe('an object that is another name for a table', () => {
  const define = (remoteName: string, more: object = {}) =>
    send('PUT', '/meta/object/zz_alias', lab.headers, {
      name: 'zz_alias',
      label: 'Alias',
      pluralLabel: 'Aliases',
      sharingModel: 'private',
      external: { remoteName, writable: true, ...more },
      fields: { token: { type: 'text', label: 'Token' } },
    });
  const stored = async () => await lab.server.sql("SELECT name FROM sys_metadata WHERE name LIKE 'zz_%'");

  it.each([
    'sys_session',
    'SYS_SESSION',
    '"sys_session"',
    'public.sys_session',
    '"public"."sys_session"',
    'public . sys_session',
    'main.sys_session',
    '[sys_session]',
    '`sys_session`',
    'sys_session AS s',
    'sys_session; --',
    'pg_catalog.pg_authid',
    'pg_stats',
    'information_schema.columns',
    'sqlite_master',
  ])('is refused when it is defined as %s', async (remoteName) => {
    const refused = await define(remoteName);
    expect(refused.status, await refused.text()).toBe(422);
    expect(await stored()).toEqual([]);
    expect((await send('GET', '/data/zz_alias', lab.headers)).status).toBe(404);
  });

  it('is refused by the schema that it names beside the table', async () => {
    for (const more of [{ remoteSchema: 'public' }, { schema: 'public' }]) {
      expect((await define('sys_session', more)).status).toBeGreaterThanOrEqual(400);
      expect(await stored()).toEqual([]);
    }
  });

  it('is refused when it is used, where it is a view over the table', async () => {
    const schema = inject('database') === 'postgres' ? 'public.' : 'main.';
    await lab.server.sql(`CREATE VIEW zz_inner AS SELECT * FROM ${schema}sys_session`);
    await lab.server.sql('CREATE VIEW zz_view AS SELECT id, token FROM zz_inner');
    const defined = await define('zz_view');
    const answers = [
      await send('GET', '/data/zz_alias', lab.headers),
      await send('POST', '/data/zz_alias/query', lab.headers, { where: { token: { $gte: 'A' } } }),
      await send('GET', '/data/zz_alias', withKey),
    ];
    for (const answer of [defined, ...answers]) expect(await answer.text()).not.toContain(lab.admin.token);
    for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(400);
  });
});

describe('reads of one key', () => {
  it('do not keep a person from creating keys, and none of them is a server error', async () => {
    let waiting = 120;
    const reads = Array.from({ length: waiting }, async () => {
      const answer = await fetch(`${lab.server.url}/api/v1/data/sys_user?limit=5`, { headers: { 'x-api-key': key } });
      await answer.arrayBuffer();
      waiting -= 1;
      return answer.status;
    });
    const minted = await fetch(`${lab.server.url}/api/v1/keys`, {
      method: 'POST',
      headers: lab.headers,
      body: JSON.stringify({ name: 'while others read' }),
    });
    const waitingThen = waiting;
    const statuses = await Promise.all(reads);
    expect(minted.status).toBe(201);
    // It was not answered behind all of them, which came first.
    expect(waitingThen).toBeGreaterThan(0);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(statuses).toContain(200);
  }, 120_000);
});
