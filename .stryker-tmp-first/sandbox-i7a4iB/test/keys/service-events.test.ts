// @ts-nocheck
import { describe, expect, it, vi } from 'vitest';
import { apiKeyPrincipal } from '../../src/auth/principal.ts';
import type { Caller } from '../../src/keys/mint/caller.ts';
import { callerOf, KeyTable, keyRow, keysOn, person } from '../support/minting.ts';

const ada = person('ada');
const event = {
  userId: 'ada',
  organizationId: undefined,
  keyId: 'CI',
  prefix: 'osk_CI',
  previousKeyId: undefined,
  milliseconds: expect.any(Number),
};

describe('what was done to a key', () => {
  it('is reported after its commit', async () => {
    const { keys, told, writer } = keysOn(new KeyTable(keyRow('k')));
    const { submit } = writer;
    writer.submit = async (order) => {
      expect(told).toEqual([]);
      return submit.call(writer, order);
    };
    const { secret } = await keys.create(callerOf(ada), { name: 'CI' });
    expect(told).toEqual([{ ...event, action: 'create' }]);
    expect(JSON.stringify(told)).not.toContain(secret?.reveal());
    await keys.revoke(callerOf(ada), { id: 'k' });
    await keys.restore(callerOf(ada), { id: 'k' });
    expect(told.slice(1)).toEqual([
      { ...event, action: 'revoke', keyId: 'k', prefix: 'osk_k' },
      { ...event, action: 'restore', keyId: 'k', prefix: 'osk_k' },
    ]);
  });

  it('is reported with the replaced key', async () => {
    const { keys, told } = keysOn(new KeyTable(keyRow('k', { name: 'CI' })));
    await keys.rotate(callerOf(ada), { id: 'k' });
    expect(told).toEqual([{ ...event, action: 'rotate', previousKeyId: 'k' }]);
  });

  it('is reported with its duration', async () => {
    const { keys, told, writer } = keysOn(new KeyTable());
    const { submit } = writer;
    using now = vi.spyOn(performance, 'now').mockReturnValue(1000);
    writer.submit = async (order) => {
      const outcome = await submit.call(writer, order);
      now.mockReturnValue(1250);
      return outcome;
    };
    await keys.create(callerOf(ada), { name: 'CI' });
    expect(told).toMatchObject([{ milliseconds: 250 }]);
  });

  it('is not reported if it failed', async () => {
    const { keys, told, writer } = keysOn(new KeyTable());
    writer.submit = () => Promise.reject(new Error('down'));
    await expect(keys.create(callerOf(ada), { name: 'CI' })).rejects.toThrow('down');
    expect(told).toEqual([]);
  });

  it('by an earlier request is not reported again, and the result says that it is a repeat', async () => {
    const { keys, told, writer } = keysOn(new KeyTable());
    const { submit } = writer;
    writer.submit = (order) => submit.call(writer, { ...order, idempotent: { keyId: 'repeat', fingerprint: 'f' } });
    const repeat = callerOf(ada, { idempotencyKey: 'once' });
    await keys.create(repeat, { name: 'CI' });
    expect(told).toEqual([]);
    expect(repeat.request.replayed).toBe(true);
  });

  it('was not a repeat where the secret is new', async () => {
    const caller = callerOf(ada, { idempotencyKey: 'once' });
    await keysOn(new KeyTable()).keys.create(caller, { name: 'CI' });
    expect(caller.request.replayed).toBe(false);
  });
});

describe.each(['create', 'rotate', 'revoke', 'restore'] as const)('to %s', (action) => {
  const program = apiKeyPrincipal({ userId: 'ada', email: '', organizationId: undefined }, 'k');

  it.each([
    ['an API key', program, { code: 'FORBIDDEN', message: expect.stringContaining('An API key cannot') }],
    ['a look-alike of a session', { ...ada, kind: 'session' }, { name: 'TypeError' }],
  ])('%s is refused before anything is asked', async (_who, principal, refusal) => {
    const table = new KeyTable(keyRow('k'));
    const { keys, asked, orders, told } = keysOn(table);
    const caller = { ...callerOf(ada), principal } as unknown as Caller;
    await expect(keys[action](caller, { id: 'k', name: 'x' })).rejects.toMatchObject(refusal);
    expect([asked, orders, told, table.calls]).toEqual([[], [], [], []]);
  });

  it('invalid input is rejected before any look-up', async () => {
    const table = new KeyTable(keyRow('k'));
    const { keys, asked, orders, told } = keysOn(table);
    for (const input of [{}, null, [], { id: 'k', name: 'x', user_id: 'bob' }]) {
      await expect(keys[action](callerOf(ada), input)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    }
    expect([asked, orders, told, table.calls]).toEqual([[], [], [], []]);
  });
});

it.each([
  ['create', { name: 'CI' }],
  ['rotate', { id: 'k' }],
] as const)('to %s, an Idempotency-Key that is none is refused before anything is asked', async (action, input) => {
  const table = new KeyTable(keyRow('k'));
  const { keys, asked, orders } = keysOn(table);
  const caller = callerOf(ada, { idempotencyKey: 'two words' });
  await expect(keys[action](caller, input)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  expect([asked, orders, table.calls]).toEqual([[], [], []]);
});
