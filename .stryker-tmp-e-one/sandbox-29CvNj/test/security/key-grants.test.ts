// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Row } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { callTool } from '../support/mcp.ts';
import { NOTE, NotesApp } from '../support/notes-app.ts';

let target: TestKernel;
let admin: Person;
let mallory: Person;
let key: string;
let set: string;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()] });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  mallory = await target.newPerson({ organizationId: admin.organizationId ?? null });
  key = (await graphqlEndpoint(target).mint(bearer(admin.token), { name: 'stolen' })).key ?? '';
  const [row] = await target.sql("SELECT id FROM sys_permission_set WHERE name = 'admin_full_access'");
  set = String(row?.['id']);
});
afterAll(() => target[Symbol.asyncDispose]());

const send = (method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Response> =>
  target.request(`/api/v1/data/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const held = (): Record<string, string> => ({ 'x-api-key': key });
const grant = (): Row => ({ user_id: mallory.id, permission_set_id: set });

/** Everything that says what somebody may do. */
const rights = (): Promise<Row[][]> =>
  Promise.all(
    ['sys_user_permission_set', 'sys_user_position', 'sys_position', 'sys_permission_set', 'sys_user'].map((table) =>
      target.sql(`SELECT * FROM ${table} ORDER BY id`),
    ),
  );

describe('a thief of an administrator’s key cannot make an administrator of an account of their own', () => {
  const attempts: Record<string, () => Promise<{ readonly status: number }>> = {
    'by a permission set that it gives': () => send('POST', 'sys_user_permission_set', held(), grant()),
    'by many of them': () => send('POST', 'sys_user_permission_set/createMany', held(), [grant()]),
    'by a batch': () =>
      target.request('/api/v1/batch', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...held() },
        body: JSON.stringify({
          operations: [{ object: 'sys_user_permission_set', action: 'create', data: grant() }],
        }),
      }),
    'by a position': () =>
      send('POST', 'sys_user_position', held(), { user_id: mallory.id, position: 'platform_admin' }),
    'by a permission set of its own': () =>
      send('POST', 'sys_permission_set', held(), { name: 'mine', label: 'x', objects: {} }),
    'by a wider permission set': () => send('PATCH', `sys_permission_set/${set}`, held(), { label: 'wider' }),
    'by a clone of one': () => send('POST', `sys_permission_set/${set}/clone`, held(), {}),
    'by the name of a person': () => send('PATCH', `sys_user/${mallory.id}`, held(), { name: 'x' }),
    'by the rules of the organization': () =>
      send('PATCH', `sys_organization/${admin.organizationId}`, held(), { require_mfa: false }),
  };

  it.each(Object.entries(attempts))('%s', async (_how, attempt) => {
    const before = await rights();
    expect((await attempt()).status).toBeGreaterThanOrEqual(400);
    expect(await rights()).toEqual(before);
  });

  it('by an import, at once or as a job that runs after the request', async () => {
    const before = await rights();
    const rows = { format: 'json', rows: [grant()], mode: 'insert' };
    const imported = await send('POST', 'sys_user_permission_set/import', held(), rows);
    expect(await imported.json()).toMatchObject({ created: 0, errors: 1 });
    const job = await send('POST', 'sys_user_permission_set/import/jobs', held(), rows);
    const { jobId } = (await job.json()) as { jobId: string };
    await vi.waitFor(async () => {
      const [{ status } = {}] = await target.sql('SELECT status FROM sys_import_job WHERE id = ?', [jobId]);
      expect(status).not.toMatch(/pending|running/);
    });
    expect(await rights()).toEqual(before);
  });

  it('by a tool of MCP', async () => {
    const before = await rights();
    const input = { objectName: 'sys_user_permission_set', data: grant() };
    expect(await callTool(target, held(), 'create_record', input)).toMatchObject({ done: false });
    expect(await rights()).toEqual(before);
  });

  it('while the same administrator gives rights with a session, and writes data with the key', async () => {
    expect((await send('POST', NOTE, held(), { title: 'data' })).status).toBe(201);
    expect((await send('GET', 'sys_user_permission_set', held())).status).toBe(200);
    expect((await send('POST', 'sys_user_permission_set', bearer(admin.token), grant())).status).toBe(201);
  });
});
