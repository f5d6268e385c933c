// @ts-nocheck
// 
import { resolveApiKeyPrincipal } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootHost, dispatcher } from '../../support/host.ts';
import { bootKernel, newDatabase, type TestKernel } from '../../support/kernel.ts';
import { newKeyOwner } from '../../support/key-owner.ts';
import { NotesApp } from '../../support/notes-app.ts';

const context = { isSystem: true };

/** A key that the platform's own route minted, in a kernel without this plugin. */
let raw: string;
let keyId: string;
/** A kernel with this plugin on the same database. */
let target: TestKernel;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await newDatabase('sqlite');
  if (database.config.driver !== 'sqlite') throw new Error('a host has an SQLite database');
  drop = database.drop;
  await using host = await bootHost([dispatcher()], [], { filename: database.config.filename });
  const minted = await host.send('/api/v1/keys', {
    headers: ['Authorization', `Bearer ${host.token}`],
    body: JSON.stringify({ name: 'older than the plugin' }),
  });
  raw = /osk_[A-Za-z0-9_-]+/.exec((JSON.parse(minted.text) as { data: { key: string } }).data.key)?.[0] ?? '';
  target = await bootKernel({ plugins: [new NotesApp()], config: { database: database.config } });
  keyId = String((await target.storedKeys())[0]?.['id']);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
  await drop();
});

const use = (init: RequestInit = {}, path = '/api/v1/data/sys_api_key'): Promise<Response> =>
  target.request(path, { ...init, headers: { 'content-type': 'application/json', 'x-api-key': raw } });

describe('a key that the platform minted before the plugin was added', () => {
  it('works, and changes no key', async () => {
    expect((await use()).status).toBe(200);
    const before = await target.storedKeys();
    const body = JSON.stringify({ revoked: true });
    expect((await use({ method: 'PATCH', body }, `/api/v1/data/sys_api_key/${keyId}`)).status).toBe(403);
    expect(await target.storedKeys()).toEqual(before);
  });

  it('ends while its owner is banned, or where it may be used from other networks only', async () => {
    const [key] = await target.storedKeys();
    // Past the engine, which keeps the last administrator.
    const ban = (banned: boolean) =>
      target.sql('UPDATE sys_user SET banned = ? WHERE id = ?', [Number(banned), key?.['user_id']]);
    await ban(true);
    expect((await use()).status).toBe(401);
    await ban(false);
    expect((await use()).status).toBe(200);
    await target.sql(
      `INSERT INTO sys_api_key_detail (id, allowed_networks) VALUES (?, '["192.0.2.0/24"]')
       ON CONFLICT (id) DO UPDATE SET allowed_networks = excluded.allowed_networks`,
      [keyId],
    );
    expect((await use()).status).toBe(401);
    await target.sql('UPDATE sys_api_key_detail SET allowed_networks = NULL WHERE id = ?', [keyId]);
    expect((await use()).status).toBe(200);
  });

  it('ends with the membership of its owner', async () => {
    const [key] = await target.storedKeys();
    await target.engine.delete('sys_member', { where: { user_id: key?.['user_id'] }, multi: true, context });
    expect((await use()).status).toBe(401);
  });
});

it.each(['["admin_full_access"]', '["notes_author"]', '["admin_full_access"'])(
  'the platform adds nothing to the rights of an owner for the scopes %s',
  async (scopes) => {
    const owner = await newKeyOwner(target.engine, { scopes });
    const principal = await resolveApiKeyPrincipal(target.engine, owner.headers);
    expect(principal).toMatchObject({ userId: owner.userId, scopes: [] });
    expect(await target.storedKeys()).toContainEqual(expect.objectContaining({ id: owner.keyId, scopes }));
  },
);
