import { describe, expect, it } from 'vitest';
import { apiKeyPrincipal } from '../../src/auth/principal.ts';
import { Eligibility } from '../../src/keys/mint/eligibility.ts';
import { KeyDatabase, serviceOn } from '../support/key-database.ts';
import { callerOf, person } from '../support/minting.ts';

const DAY = 86_400_000;
const ada = person('ada', 'org');
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

function service() {
  const database = new KeyDatabase()
    .put('sys_member', { user_id: 'ada', organization_id: 'org', role: 'member', created_at: ago(50) })
    .put('sys_member', { user_id: 'olga', organization_id: 'org', role: 'owner', created_at: ago(50) })
    .putKeys(
      { id: 'now', active_organization_id: 'org', created_at: ago(10) },
      { id: 'before', active_organization_id: 'org', created_at: ago(60) },
      { id: 'back', active_organization_id: 'org', created_at: ago(60) },
      { id: 'of_bob', user_id: 'bob', active_organization_id: 'org', created_at: ago(10) },
    )
    .put('sys_api_key_detail', { id: 'back', restored_at: ago(5) }, { id: 'before', restored_at: ago(55) });
  return { database, ...serviceOn(database) };
}

describe('a key of an earlier membership', () => {
  it('has ended, unless it was restored in the current one', async () => {
    const { keys } = service();
    const status = async (id: string) => keys.statusOf((await keys.find(ada, id)) ?? expect.unreachable(id));
    expect([await status('now'), await status('before'), await status('back')]).toEqual([
      'ACTIVE',
      'OWNER_LEFT',
      'ACTIVE',
    ]);
  });

  it('cannot be rotated, and nothing is written', async () => {
    const { database, keys } = service();
    await expect(keys.rotate(callerOf(ada), { id: 'before' })).rejects.toMatchObject({ code: 'KEY_NOT_ACTIVE' });
    expect([database.writes, database.all('sys_api_key').length]).toEqual([[], 4]);
  });

  it('is restored into the current one', async () => {
    const { database, keys, told } = service();
    await keys.restore(callerOf(ada), { id: 'before' });
    const found = (await keys.find(ada, 'before')) ?? expect.unreachable();
    expect(await keys.statusOf(found)).toBe('ACTIVE');
    expect(told.map(({ action, keyId }) => [action, keyId])).toEqual([['restore', 'before']]);
    // It was not revoked, so there was nothing to write to its row.
    expect(database.writes).toEqual([]);
  });
});

it('a key that was just made is not looked up again', async () => {
  const { database, keys } = service();
  const { apiKey } = await keys.create(callerOf(ada), { name: 'new' });
  database.db.exec('DROP TABLE sys_member');
  expect(await keys.statusOf(apiKey)).toBe('ACTIVE');
});

describe('ending a key of somebody else', () => {
  const olga = person('olga', 'org');

  it('is for administrators of its organization, and told with its owner', async () => {
    const { database, keys, told } = service();
    await expect(keys.revoke(callerOf(ada), { id: 'of_bob' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(database.writes).toEqual([]);
    expect(await keys.revoke(callerOf(olga), { id: 'of_bob' })).toMatchObject({ id: 'of_bob', revoked: true });
    expect(database.revoked()).toEqual(['of_bob']);
    expect(await keys.revoke(callerOf(olga), { id: 'of_bob' })).toMatchObject({ revoked: true });
    expect(told).toMatchObject([{ action: 'revoke', keyId: 'of_bob', ownerId: 'bob', userId: 'olga' }]);
  });

  it('all of them: how many there were', async () => {
    const { keys, told } = service();
    expect(await keys.revokeAllOf(callerOf(olga), { userId: 'ada' })).toBe(3);
    expect(told.map(({ action, ownerId }) => [action, ownerId])).toEqual(Array(3).fill(['revoke', 'ada']));
    for (const { milliseconds } of told) expect(milliseconds).toBeLessThan(60_000);
    await expect(keys.revokeAllOf(callerOf(ada), { userId: 'olga' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

it('a request with a key knows which; one with a session has none', async () => {
  const { keys } = service();
  const key = apiKeyPrincipal({ userId: 'ada', email: '', organizationId: 'org' }, 'now');
  expect(await keys.presentedBy(key)).toMatchObject({ id: 'now' });
  expect(await keys.presentedBy(ada)).toBeUndefined();
});

describe('a repeat with the same Idempotency-Key', () => {
  const once = callerOf(ada, { idempotencyKey: 'once' });

  it('returns the same key without its secret', async () => {
    const { database, keys, told } = service();
    const first = await keys.create(once, { name: 'CI' });
    const again = await keys.create(once, { name: 'CI' });
    expect([first.secret !== undefined, again.secret]).toEqual([true, undefined]);
    expect(again.apiKey.id).toBe(first.apiKey.id);
    expect([database.all('sys_api_key').length, told.length]).toEqual([5, 1]);
    await expect(keys.create(once, { name: 'other' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('makes another key after the request has been forgotten, and repeats that one', async () => {
    const { database, keys } = service();
    const ids: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { apiKey, secret } = await keys.create(once, { name: 'CI' });
      expect(secret).toBeDefined();
      expect((await keys.create(once, { name: 'CI' })).apiKey.id).toBe(apiKey.id);
      ids.push(apiKey.id);
      database.db.exec("DELETE FROM sys_api_key_ledger WHERE id LIKE 'request:%'");
    }
    expect(new Set(ids).size).toBe(3);
  });

  it('of a key that was deleted does not make it again', async () => {
    const { database, keys } = service();
    const { apiKey } = await keys.create(once, { name: 'CI' });
    database.db.exec(`DELETE FROM sys_api_key WHERE id = '${apiKey.id}'`);
    await expect(keys.create(once, { name: 'CI' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
      message: expect.stringContaining('has been deleted'),
    });
  });
});

it('a membership that does not say when it began makes no key', async () => {
  const { database, keys } = service();
  database.db.exec('UPDATE sys_member SET created_at = NULL');
  await expect(keys.create(callerOf(ada), { name: 'CI' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('does not say when it began'),
  });
  expect(database.writes).toEqual([]);
});

describe('a key that does not work', () => {
  it.each([
    ['was revoked', { revoked: true }],
    ['has expired', { expires_at: ago(1) }],
  ])('because it %s is not rotated, and nothing is written', async (_why, changes) => {
    const { database, keys } = service();
    database.putKeys({ id: 'k', active_organization_id: 'org', created_at: ago(10), ...changes });
    await expect(keys.rotate(callerOf(ada), { id: 'k' })).rejects.toMatchObject({ code: 'KEY_NOT_ACTIVE' });
    expect([database.writes, database.all('sys_api_key').length]).toEqual([[], 5]);
  });
});

it('a key works at once, although the clock of whoever added the member is ahead', async () => {
  const { database, keys } = service();
  database.db.prepare("UPDATE sys_member SET created_at = ? WHERE user_id = 'ada'").run(ago(-0.01));
  const { apiKey } = await keys.create(callerOf(ada), { name: 'CI' });
  const found = (await keys.find(ada, apiKey.id)) ?? expect.unreachable();
  expect(await keys.statusOf(found)).toBe('ACTIVE');
  expect(database.all('sys_api_key_detail').map(({ id }) => id)).toContain(apiKey.id);
});

it('a key that needs no note of its membership has none', async () => {
  const { database, keys } = service();
  const { apiKey } = await keys.create(callerOf(ada), { name: 'CI' });
  const [detail] = database.all('sys_api_key_detail').filter(({ id }) => id === apiKey.id);
  expect(detail?.['restored_at'] ?? null).toBeNull();
});

it('somebody who was not authenticated here may not mint, whatever they look like', async () => {
  const { platform } = service();
  const forged = { kind: 'session', userId: 'ada', email: '', organizationId: 'org', impersonated: false };
  await expect(new Eligibility(platform).assertMayMint(forged as never, [])).rejects.toThrow(TypeError);
  expect(await new Eligibility(platform).assertMayMint(ada, [])).toBeTypeOf('number');
});
