// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { idempotentRequest } from '../../src/keys/input/idempotency.ts';
import { callerOf, KeyTable, keyRow, keysOn, person } from '../support/minting.ts';

const ada = person('ada', 'org');
const DAY = 86_400_000;
const facts = {
  memberships: [{ user_id: 'ada', organization_id: 'org', created_at: '2020-01-01T00:00:00.000Z' }],
  scopes: ['a', 'b'],
};
const old = (changes = {}) => keyRow('old', { active_organization_id: 'org', name: 'the name', ...changes });
const rotation = { id: 'old', overlap: 'PT5S' };

describe('a replacement', () => {
  it('has the name and the scopes of the key that it replaces, and says which that is', async () => {
    const { keys, orders } = keysOn(new KeyTable(old({ scopes: '["b","a"]' })), {}, facts);
    const { secret, apiKey, previous } = await keys.rotate(callerOf(ada), rotation);
    expect(secret?.reveal()).toMatch(/^osk_/);
    expect([apiKey.name, previous.id]).toEqual(['the name', 'old']);
    expect(orders).toEqual([
      expect.objectContaining({
        owner: ada,
        name: 'the name',
        scopes: ['b', 'a'],
        expiresAt: undefined,
        idempotent: undefined,
        replaces: expect.objectContaining({ id: 'old', prefix: 'osk_old', overlap: 5000 }),
      }),
    ]);
  });

  it('has the same lifetime as the old key', async () => {
    const ages = { created_at: '2020-01-01T00:00:00.000Z', expires_at: '2020-01-08T00:00:00.000Z' };
    const { keys, orders } = keysOn(new KeyTable(old(ages)), {}, facts);
    const before = Date.now();
    await keys.rotate(callerOf(ada), rotation);
    const end = orders[0]?.expiresAt?.getTime() ?? 0;
    expect(end).toBeGreaterThanOrEqual(before + 7 * DAY);
    expect(end).toBeLessThanOrEqual(Date.now() + 7 * DAY);
  });

  it('is limited to the current longest lifetime', async () => {
    const { keys, orders } = keysOn(new KeyTable(old()), { maxKeyLifetime: DAY }, facts);
    await keys.rotate(callerOf(ada), rotation);
    expect(orders[0]?.expiresAt?.getTime()).toBeLessThanOrEqual(Date.now() + DAY);
  });

  it('is distinguished from another by the key and the overlap', async () => {
    const { keys, orders } = keysOn(new KeyTable(old()), {}, facts);
    await keys.rotate(callerOf(ada, { idempotencyKey: 'once' }), rotation);
    expect(orders[0]?.idempotent).toEqual(idempotentRequest(ada, 'once', ['rotate', 'old', 5000]));
  });

  it('comes with the other key as it is afterwards, or as it was where it is gone', async () => {
    for (const [after, revoked] of [
      [[old({ revoked: true })], true],
      [[], false],
    ] as const) {
      const table = new KeyTable(old());
      const { keys, writer } = keysOn(table, {}, facts);
      const { submit } = writer;
      writer.submit = async (order) => {
        table.rows = [...after];
        return submit.call(writer, order);
      };
      const { previous } = await keys.rotate(callerOf(ada), rotation);
      expect(previous).toMatchObject({ id: 'old', revoked });
    }
  });
});

describe('nothing is replaced', () => {
  it.each([
    [
      'when there is no such key',
      keyRow('another'),
      'NOT_FOUND',
      'You have no key with this id. The list of keys shows the id of each.',
    ],
    [
      'when it is a key of somebody else',
      old({ user_id: 'bob' }),
      'NOT_FOUND',
      'You have no key with this id. The list of keys shows the id of each.',
    ],
    [
      'when it is a key of another organization',
      old({ active_organization_id: 'else' }),
      'FORBIDDEN',
      'This key belongs to another organization. Switch to that organization to rotate it.',
    ],
    [
      'when it is a key of no organization',
      old({ active_organization_id: null }),
      'FORBIDDEN',
      'This key belongs to another organization. Switch to that organization to rotate it.',
    ],
    [
      'when its scopes are no longer held',
      old({ scopes: '["c"]' }),
      'FORBIDDEN',
      expect.stringMatching(/^You do not hold the scope "c", so you cannot put it on a key\./),
    ],
    [
      'when its scopes cannot be read',
      old({ scopes: '{"c":true}' }),
      'FORBIDDEN',
      expect.stringMatching(/^You do not hold the scope "\(unreadable\)"/),
    ],
  ])('%s', async (_case, row, code, message) => {
    const { keys, orders } = keysOn(new KeyTable(row), {}, facts);
    await expect(keys.rotate(callerOf(ada), rotation)).rejects.toMatchObject({ code, message });
    expect(orders).toEqual([]);
  });

  it('by an impersonated session', async () => {
    const { keys, orders } = keysOn(new KeyTable(old()), {}, facts);
    const refused = keys.rotate(callerOf(person('ada', 'org', true)), rotation);
    await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(orders).toEqual([]);
  });
});
