// @ts-nocheck
import { hashApiKey } from '@objectstack/core';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/deadline.ts';
import { idempotentRequest } from '../../src/keys/input/idempotency.ts';
import { callerOf, KeyTable, keysOn, person } from '../support/minting.ts';

const input = { name: 'x' };
const ada = person('ada', 'org');
const member = { memberships: [{ user_id: 'ada', organization_id: 'org', created_at: '2020-01-01T00:00:00.000Z' }] };
const lastMonth = new Date(Date.now() - 30 * 86_400_000);
const keysFor = (facts: Parameters<typeof keysOn>[2] = member, limits = {}) => keysOn(new KeyTable(), limits, facts);

type Case = [string, Parameters<typeof keysOn>[2], typeof ada, object, string];

describe('who may create keys', () => {
  it('a member of the active organization who holds the scopes may', async () => {
    const { keys, asked, orders } = keysFor({ ...member, scopes: ['b', 'a'] });
    await keys.create(callerOf(ada), { ...input, scopes: ['a'] });
    expect(orders).toHaveLength(1);
    expect(asked).toEqual(['posture', ['memberships', 'ada', 'org'], ['scopes', 'ada', 'org']]);
  });

  it('is a person without an organization, whose memberships are not asked for', async () => {
    const { keys, asked, orders } = keysFor({});
    await keys.create(callerOf(person('ada')), input);
    expect(orders).toHaveLength(1);
    expect(asked).toEqual(['posture']);
  });

  it.each<Case>([
    ['somebody who is not a member', {}, ada, input, 'not a member'],
    ['without an organization behind walls', { posture: 'isolated' }, person('ada'), input, 'active organization'],
    ['with a scope that is not held', { ...member, scopes: ['b'] }, ada, { ...input, scopes: ['a'] }, '"a"'],
  ])('is not %s, and nothing is written', async (_case, facts, principal, sent, message) => {
    const { keys, orders } = keysFor(facts);
    await expect(keys.create(callerOf(principal), sent)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining(message),
    });
    expect(orders).toEqual([]);
  });

  it('an impersonated session may not, and nothing is looked up for it', async () => {
    const { keys, asked, orders } = keysFor();
    await expect(keys.create(callerOf(person('ada', 'org', true)), input)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message:
        'You are impersonating this person. An impersonated session cannot create or restore keys: stop impersonating first.',
    });
    expect([asked, orders]).toEqual([[], []]);
  });

  it('a forged principal may not', async () => {
    const { keys, asked, orders } = keysFor();
    const forged = { ...ada, impersonated: false } as typeof ada;
    await expect(keys.create(callerOf(forged), input)).rejects.toThrow(TypeError);
    expect([asked, orders]).toEqual([[], []]);
  });
});

describe('the order of a new key', () => {
  it('holds what was asked for, the hash of the secret and what the request says of itself', async () => {
    const { keys, orders } = keysFor({ ...member, scopes: ['b', 'a'] });
    const expiresAt = new Date(Date.now() + 60_000);
    const caller = callerOf(ada, { budget: new Budget(1e12) });
    const sent = { name: 'x', scopes: ['b', 'a'], expiresAt: expiresAt.toISOString() };
    const { secret } = await keys.create(caller, sent);
    const raw = secret?.reveal() ?? '';
    expect(raw).toMatch(/^osk_/);
    expect(orders).toEqual([
      {
        owner: ada,
        description: undefined,
        allowedNetworks: [],
        name: 'x',
        scopes: ['b', 'a'],
        expiresAt,
        endsByDefault: false,
        administers: false,
        hash: hashApiKey(raw),
        prefix: raw.slice(0, orders[0]?.prefix.length),
        requestId: 'the request',
        endpoint: 'graphql',
        address: '192.0.2.1',
        deadline: caller.request.budget.deadline,
        memberSince: Date.parse('2020-01-01T00:00:00Z'),
        idempotent: undefined,
        replaces: undefined,
      },
    ]);
    expect(orders[0]?.prefix).toMatch(/^osk_.+/);
  });

  it('has the longest lifetime if none was requested', async () => {
    const { keys, orders } = keysFor(member, { maxKeyLifetime: 60_000 });
    const before = Date.now();
    await keys.create(callerOf(ada), input);
    expect(orders[0]?.expiresAt?.getTime()).toBeGreaterThanOrEqual(before + 60_000);
  });

  it('is written as a step of the request', async () => {
    const { keys, orders } = keysFor();
    const seen: [string, number][] = [];
    const caller = callerOf(ada);
    caller.request.trace = {
      end: () => undefined,
      during: async (step, run) => {
        seen.push([step, orders.length]);
        const result = await run();
        seen.push([`${step} done`, orders.length]);
        return result;
      },
    };
    await keys.create(caller, input);
    expect(seen).toEqual([
      ['mint', 0],
      ['database insert', 0],
      ['database insert done', 1],
      ['mint done', 1],
    ]);
  });

  it('is not made when it has expired already', async () => {
    const { keys, orders } = keysFor();
    await expect(keys.create(callerOf(ada), { ...input, expiresAt: lastMonth.toISOString() })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    expect(orders).toEqual([]);
  });
});

describe('a request with an Idempotency-Key', () => {
  const identityOf = async (changes: object = {}, key = 'once') => {
    const { keys, orders } = keysFor({ ...member, scopes: ['a', 'b'] });
    await keys.create(callerOf(ada, { idempotencyKey: key }), { ...input, ...changes });
    return orders[0]?.idempotent;
  };

  it('is known by who asks and the value, and told from another by everything that it asks for', async () => {
    const expiresAt = '2999-01-01T00:00:00Z';
    expect(await identityOf()).toEqual(idempotentRequest(ada, 'once', ['create', 'x', [], null, null, []]));
    expect(await identityOf({ name: 'y', scopes: ['b', 'a'], expiresAt }, 'twice')).toEqual(
      idempotentRequest(ada, 'twice', ['create', 'y', ['a', 'b'], '2999-01-01T00:00:00.000Z', null, []]),
    );
  });

  it('is the same whatever the order of its scopes, which it leaves as it is', async () => {
    const scopes = ['b', 'a'];
    expect(await identityOf({ scopes })).toEqual(await identityOf({ scopes: ['a', 'b'] }));
    expect(scopes).toEqual(['b', 'a']);
  });

  it('may come again when what it asked for has expired', async () => {
    expect(await identityOf({ expiresAt: lastMonth.toISOString() })).toBeDefined();
  });

  it('shows no secret when it is a repeat', async () => {
    const { keys, writer } = keysFor();
    const { submit } = writer;
    writer.submit = (order) => submit.call(writer, { ...order, idempotent: { keyId: 'repeat', fingerprint: 'f' } });
    const minted = await keys.create(callerOf(ada, { idempotencyKey: 'once' }), input);
    expect(minted.apiKey.name).toBe('x');
    expect(minted.secret).toBeUndefined();
  });
});
