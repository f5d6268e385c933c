// @ts-nocheck
// 
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

const SYSTEM = { isSystem: true };

interface Engine {
  readonly registry: {
    registerObject(declaration: object, packageId?: string, namespace?: string, ownership?: string): unknown;
    getObject(name: string): { fields: Record<string, object> } | undefined;
  };
  syncObjectSchema(name: string): Promise<void>;
  getDriverForObject(name: string): { registerExternalObject(declaration: object): void };
}

let server: TestKernel;
let engine: Engine;
let admin: Person;

beforeAll(async () => {
  server = await bootKernel();
  engine = await server.kernel.getServiceAsync<Engine>('objectql');
  admin = await server.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  await server.sql('CREATE VIEW plain_looking AS SELECT * FROM "sys_session"');
  await server.sql('CREATE VIEW behind_it AS SELECT id, token FROM plain_looking');
  await server.sql('CREATE TABLE outside (id TEXT PRIMARY KEY, token TEXT)');
  await server.sql("INSERT INTO outside VALUES ('o1', 'harmless')");
});

afterAll(() => server[Symbol.asyncDispose]());

function alias(name: string, more: object): { name: string } {
  const fields = { token: { type: 'text', label: 'Token' } };
  return { name, label: 'Alias', pluralLabel: 'Aliases', sharingModel: 'public_read_write', fields, ...more } as {
    name: string;
  };
}

const ALIASES: Readonly<Record<string, { name: string }>> = {
  'the name of a table': alias('zz_a', { external: { remoteName: 'sys_session', writable: true } }),
  'the table of keys': alias('zz_b', { external: { remoteName: 'sys_api_key', writable: true } }),
  'another case': alias('zz_c', { external: { remoteName: 'SYS_SESSION' } }),
  'a schema before it': alias('zz_d', { external: { remoteName: 'main.sys_session' } }),
  quotes: alias('zz_e', { external: { remoteName: '"sys_session"' } }),
  'another name in SQL': alias('zz_f', { external: { remoteName: 'sys_session as t' } }),
  'the ledger of this plugin': alias('zz_g', { external: { remoteName: 'sys_api_key_ledger' } }),
  'the catalogue of the database': alias('zz_h', { external: { remoteName: 'sqlite_master' } }),
  'samples of all columns': alias('zz_i', { external: { remoteName: 'pg_stats' } }),
  'the package in a name': alias('my__sys_session', {}),
  'two packages in a name': alias('my__own__sys_api_key', {}),
  'a datasource of its own': alias('zz_j', { datasource: 'elsewhere', external: { remoteName: 'sys_session' } }),
  'a roll-up of tokens': alias('zz_k', {
    fields: {
      last: {
        type: 'summary',
        label: 'Last',
        summaryOperations: { object: 'sys_session', field: 'token', function: 'max' },
      },
    },
  }),
};

test.each(Object.entries(ALIASES))('%s: no object is registered for it', (_title, declaration) => {
  expect(() => engine.registry.registerObject(declaration, 'com.example.alias')).toThrow(/protected/);
  expect(engine.registry.getObject(declaration.name)).toBeUndefined();
});

test.each(Object.entries(ALIASES))('%s: no such definition is stored', async (_title, declaration) => {
  const response = await server.request(`/api/v1/meta/object/${declaration.name}?force=true`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(declaration),
  });
  expect(response.status, await response.text()).toBeGreaterThanOrEqual(400);
  const row = { name: declaration.name, type: 'object', state: 'draft', metadata: JSON.stringify(declaration) };
  await expect(
    server.engine.insert('sys_metadata', { id: `m_${declaration.name}`, ...row }, { context: SYSTEM }),
  ).rejects.toThrow(/protected/);
  expect(await server.sql('SELECT id FROM sys_metadata WHERE name = ?', [declaration.name])).toEqual([]);
});

test('a definition that is stored already is not loaded', async () => {
  const declaration = ALIASES['the name of a table'];
  await server.sql(
    `INSERT INTO sys_metadata (id, name, type, state, metadata) VALUES ('stored', 'zz_a', 'object', 'active', ?)`,
    [JSON.stringify(declaration)],
  );
  const harmless = alias('zz_fine', {});
  await server.sql(
    `INSERT INTO sys_metadata (id, name, type, state, metadata) VALUES ('fine', 'zz_fine', 'object', 'active', ?)`,
    [JSON.stringify(harmless)],
  );
  const protocol = await server.kernel.getServiceAsync<{ loadMetaFromDb(): Promise<unknown> }>('protocol');
  await protocol.loadMetaFromDb();
  expect(engine.registry.getObject('zz_fine')).toBeDefined();
  expect(engine.registry.getObject('zz_a')).toBeUndefined();
});

test.each(['plain_looking', 'behind_it'])('the view %s is not read, not even by the system', async (view) => {
  engine.registry.registerObject(alias(`zz_${view}`, { external: { remoteName: view } }), 'com.example.alias');
  await engine.syncObjectSchema(`zz_${view}`);
  await expect(server.engine.find(`zz_${view}`, { context: SYSTEM })).rejects.toThrow(/protected/);
});

test('a table of somebody else is read', async () => {
  engine.registry.registerObject(alias('zz_outside', { external: { remoteName: 'outside' } }), 'com.example.alias');
  await engine.syncObjectSchema('zz_outside');
  expect(await server.engine.find('zz_outside', { context: SYSTEM })).toEqual([{ id: 'o1', token: 'harmless' }]);
});

test('an object that the driver was told is elsewhere is not used', async () => {
  const declaration = alias('zz_turncoat', {});
  engine.registry.registerObject(declaration, 'com.example.alias');
  await engine.syncObjectSchema('zz_turncoat');
  await server.engine.find('zz_turncoat', { context: SYSTEM });
  engine
    .getDriverForObject('zz_turncoat')
    .registerExternalObject({ ...declaration, external: { remoteName: 'sys_session' } });
  await expect(server.engine.find('zz_turncoat', { context: SYSTEM })).rejects.toThrow(/protected/);
});

test('an overlay of a table of the platform does not move it, nor show what is hidden', async () => {
  const base = engine.registry.getObject('sys_session');
  const overlay = (more: object): unknown =>
    engine.registry.registerObject({ ...base, ...more }, 'com.example.alias', undefined, 'overlay');
  expect(() => overlay({ external: { remoteName: 'sys_session', columnMap: { token: 'user_agent' } } })).toThrow(
    /protected/,
  );
  expect(() => overlay({ datasource: 'elsewhere' })).toThrow(/protected/);

  const shown = { type: 'text', label: 'Token', hidden: false, internal: false };
  const copy = { type: 'formula', label: 'Copy', expression: 'record.token', returnType: 'text' };
  overlay({ fields: { ...base?.fields, token: shown, copy } });
  const read = async (body: object): Promise<[number, string]> => {
    const response = await server.request('/api/v1/data/sys_session/query', {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [response.status, await response.text()];
  };
  const [status, text] = await read({});
  expect(status, text).toBe(200);
  expect(text).toContain(admin.id);
  expect(text).not.toContain(admin.token);
  expect(await read({ where: { token: { $gte: 'M' } } })).toEqual([400, expect.stringContaining("'token'")]);
});

test('views and materialized views of PostgreSQL are not read either', async () => {
  await using postgres = await bootKernel({ database: 'postgres' });
  const { registry, syncObjectSchema } = await bound(postgres);
  await postgres.sql('CREATE SCHEMA elsewhere');
  await postgres.sql('CREATE VIEW elsewhere.plain_looking AS SELECT id, token FROM sys_session');
  await postgres.sql('CREATE MATERIALIZED VIEW behind_it AS SELECT * FROM elsewhere.plain_looking');
  await postgres.sql("CREATE TABLE outside AS SELECT 'o1' AS id, 'harmless' AS token");
  for (const external of [{ remoteName: 'plain_looking', remoteSchema: 'elsewhere' }, { remoteName: 'behind_it' }]) {
    const { name } = alias(`zz_${external.remoteName}`, {});
    registry.registerObject(alias(name, { external }), 'com.example.alias');
    await syncObjectSchema(name);
    await expect(postgres.engine.find(name, { context: SYSTEM })).rejects.toThrow(/protected/);
  }
  registry.registerObject(alias('zz_outside', { external: { remoteName: 'outside' } }), 'com.example.alias');
  await syncObjectSchema('zz_outside');
  expect(await postgres.engine.find('zz_outside', { context: SYSTEM })).toEqual([{ id: 'o1', token: 'harmless' }]);
});

async function bound(target: TestKernel): Promise<Pick<Engine, 'registry' | 'syncObjectSchema'>> {
  const found = await target.kernel.getServiceAsync<Engine>('objectql');
  return { registry: found.registry, syncObjectSchema: (name) => found.syncObjectSchema(name) };
}
