// @ts-nocheck
import { expect, it } from 'vitest';
import type { EngineMiddleware, EngineOperation } from '../../../src/platform/middleware.ts';
import type { ObjectDeclaration } from '../../../src/platform/protection/declaration.ts';
import { ObjectProtections } from '../../../src/platform/protection/object-protection.ts';
import { protectRecordedValues } from '../../../src/platform/protection/recorded-values.ts';

type Row = Record<string, unknown>;

const OBJECTS: Readonly<Record<string, ObjectDeclaration>> = {
  vault: { name: 'vault', fields: { title: { type: 'text' }, pin: { type: 'text', internal: true } } },
  sys_invitation: { name: 'sys_invitation', isSystem: true, managedBy: 'better-auth', fields: {} },
  sys_session: { name: 'sys_session', isSystem: true, managedBy: 'better-auth', fields: {} },
};

/** What reaches the table of what the audit plugin writes there. */
async function written(object: string, data: unknown, operation: EngineOperation['operation'] = 'insert') {
  const middlewares = new Map<string | undefined, EngineMiddleware>();
  const registry = { getObject: (name: string) => OBJECTS[name], getObjectContributors: () => [] };
  protectRecordedValues(
    { registerMiddleware: (middleware, options) => void middlewares.set(options?.object, middleware) },
    new ObjectProtections(registry),
    registry,
  );
  const given: EngineOperation = { object, operation, data };
  let reached: unknown = 'nothing';
  await middlewares.get(object)?.(given, async () => {
    reached = given.data;
  });
  return { reached, result: given.result };
}

const record = { title: 'Vault', pin: '1234' };
const TRAIL = { object_name: 'vault', record_id: 'v', old_value: null, new_value: JSON.stringify(record) };

it('the trail keeps readable values and loses protected ones', async () => {
  const { reached } = await written('sys_audit_log', { ...TRAIL, old_value: JSON.stringify({ pin: '0000' }) });
  expect(reached).toEqual({ ...TRAIL, old_value: '{}', new_value: '{"title":"Vault"}' });
});

it('the feed loses it in both states of a record', async () => {
  const metadata = JSON.stringify({ old: { title: 'Box', pin: '0000' }, new: record });
  const { reached } = await written('sys_activity', { object_name: 'vault', summary: 'Updated', metadata });
  expect(reached).toEqual({
    object_name: 'vault',
    summary: 'Updated',
    metadata: '{"old":{"title":"Box"},"new":{"title":"Vault"}}',
  });
});

it('of credentials the trail says that something happened, and the feed nothing', async () => {
  const row = { ...TRAIL, object_name: 'sys_invitation', record_id: 'an id that signs up' };
  expect((await written('sys_audit_log', row)).reached).toEqual({ ...row, record_id: null, new_value: null });
  expect(await written('sys_activity', row)).toEqual({ reached: 'nothing', result: row });
  const login = { ...TRAIL, object_name: 'sys_session', action: 'login' };
  expect((await written('sys_audit_log', login)).reached).toMatchObject({ record_id: 'v', new_value: null });
});

it('the feed says nothing of keys', async () => {
  const row = { object_name: 'sys_api_key', summary: 'Created API Key "CI"' };
  expect((await written('sys_activity', row)).reached).toBe('nothing');
});

it('several rows are checked one by one', async () => {
  const rows: Row[] = [{ object_name: 'sys_api_key' }, { object_name: 'vault', metadata: null }];
  expect((await written('sys_activity', rows)).reached).toEqual([{ object_name: 'vault', metadata: null }]);
  expect(await written('sys_activity', [rows[0]])).toEqual({ reached: 'nothing', result: [] });
});

it.each(['not JSON', '"text"', '[1]', undefined])('what is no record is copied as nothing: %s', async (value) => {
  expect((await written('sys_audit_log', { ...TRAIL, new_value: value })).reached).toMatchObject({ new_value: null });
});

it('reads, and values that are not rows, pass unchanged', async () => {
  expect((await written('sys_audit_log', undefined, 'find')).reached).toBeUndefined();
  expect((await written('sys_audit_log', undefined)).reached).toBeUndefined();
});
