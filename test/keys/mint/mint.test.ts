import { hashApiKey } from '@objectstack/core';
import { describe, expect, it } from 'vitest';
import { idempotentRequest } from '../../../src/keys/input/idempotency.ts';
import type { CreateApiKeyInput } from '../../../src/keys/input/input.ts';
import { mintApiKey } from '../../../src/keys/mint/mint.ts';
import { KeyTable, mintingOn, mintRequest, person } from '../../support/minting.ts';

const input: CreateApiKeyInput = { name: 'x', scopes: [], expiresAt: undefined };
const ada = person('ada', 'org');
const member = { memberships: [{ user_id: 'ada', organization_id: 'org' }] };
const lastMonth = new Date(Date.now() - 30 * 86_400_000);
const mintingFor = (facts: Parameters<typeof mintingOn>[2] = member, limits = {}) =>
  mintingOn(new KeyTable(), limits, facts);

type Case = [string, Parameters<typeof mintingOn>[2], typeof ada, CreateApiKeyInput, string];

describe('who may mint', () => {
  it('is a member of the active organization, who holds the scopes', async () => {
    const { minting, asked, orders } = mintingFor({ ...member, scopes: ['b', 'a'] });
    await mintApiKey(minting, ada, { ...input, scopes: ['a'] }, mintRequest());
    expect(orders).toHaveLength(1);
    expect(asked).toEqual(['posture', ['memberships', 'ada', 'org'], ['scopes', 'ada', 'org']]);
  });

  it('is a person without an organization, whose memberships are not asked for', async () => {
    const { minting, asked, orders } = mintingFor({});
    await mintApiKey(minting, person('ada'), input, mintRequest());
    expect(orders).toHaveLength(1);
    expect(asked).toEqual(['posture']);
  });

  it.each<Case>([
    ['somebody who is not a member', {}, ada, input, 'not a member'],
    ['without an organization behind walls', { posture: 'isolated' }, person('ada'), input, 'active organization'],
    ['with a scope that is not held', { ...member, scopes: ['b'] }, ada, { ...input, scopes: ['a'] }, '"a"'],
  ])('is not %s, and nothing is written', async (_case, facts, principal, asking, message) => {
    const { minting, orders } = mintingFor(facts);
    await expect(mintApiKey(minting, principal, asking, mintRequest())).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining(message),
    });
    expect(orders).toEqual([]);
  });

  it('is not an impersonated session: no fact is looked up for it', async () => {
    const { minting, asked, orders } = mintingFor();
    await expect(mintApiKey(minting, person('ada', 'org', true), input, mintRequest())).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'An impersonated session cannot create a key.',
    });
    expect([asked, orders]).toEqual([[], []]);
  });

  it('is not a look-alike of a principal', async () => {
    const { minting, asked, orders } = mintingFor();
    const forged = { ...ada, impersonated: false } as typeof ada;
    await expect(mintApiKey(minting, forged, input, mintRequest())).rejects.toThrow(TypeError);
    expect([asked, orders]).toEqual([[], []]);
  });
});

describe('the order of a new key', () => {
  it('holds what was asked for, the hash of the secret and what the request says of itself', async () => {
    const { minting, orders } = mintingFor({ ...member, scopes: ['b', 'a'] });
    const expiresAt = new Date(Date.now() + 60_000);
    const { secret } = await mintApiKey(
      minting,
      ada,
      { name: 'x', scopes: ['b', 'a'], expiresAt },
      mintRequest({ deadline: 1e12 }),
    );
    const raw = secret?.reveal() ?? '';
    expect(raw).toMatch(/^osk_/);
    expect(orders).toEqual([
      {
        owner: ada,
        name: 'x',
        scopes: ['b', 'a'],
        expiresAt,
        hash: hashApiKey(raw),
        prefix: raw.slice(0, orders[0]?.prefix.length),
        requestId: 'the request',
        address: '192.0.2.1',
        deadline: 1e12,
        idempotent: undefined,
        replaces: undefined,
      },
    ]);
    expect(orders[0]?.prefix).toMatch(/^osk_.+/);
  });

  it('has the longest life there is where it states none', async () => {
    const { minting, orders } = mintingFor(member, { maxLifetime: 60_000 });
    const before = Date.now();
    await mintApiKey(minting, ada, input, mintRequest());
    expect(orders[0]?.expiresAt?.getTime()).toBeGreaterThanOrEqual(before + 60_000);
  });

  it('is written as a step of the request', async () => {
    const { minting, orders } = mintingFor();
    const seen: number[] = [];
    const step = async <T>(write: () => Promise<T>): Promise<T> => {
      seen.push(orders.length);
      const result = await write();
      seen.push(orders.length);
      return result;
    };
    await mintApiKey(minting, ada, input, mintRequest({ step }));
    expect(seen).toEqual([0, 1]);
  });

  it('is not made when it has expired already', async () => {
    const { minting, orders } = mintingFor();
    await expect(mintApiKey(minting, ada, { ...input, expiresAt: lastMonth }, mintRequest())).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    expect(orders).toEqual([]);
  });
});

describe('a request with an Idempotency-Key', () => {
  const identityOf = async (changes: object = {}, key = 'once') => {
    const { minting, orders } = mintingFor({ ...member, scopes: ['a', 'b'] });
    await mintApiKey(minting, ada, { ...input, ...changes }, mintRequest({ idempotencyKey: key }));
    return orders[0]?.idempotent;
  };

  it('is known by who asks and the value, and told from another by everything that it asks for', async () => {
    const expiresAt = new Date('2999-01-01T00:00:00Z');
    expect(await identityOf()).toEqual(idempotentRequest(ada, 'once', ['create', 'x', [], null]));
    expect(await identityOf({ name: 'y', scopes: ['b', 'a'], expiresAt }, 'twice')).toEqual(
      idempotentRequest(ada, 'twice', ['create', 'y', ['a', 'b'], '2999-01-01T00:00:00.000Z']),
    );
  });

  it('is the same whatever the order of its scopes, which it leaves as it is', async () => {
    const scopes = ['b', 'a'];
    expect(await identityOf({ scopes })).toEqual(await identityOf({ scopes: ['a', 'b'] }));
    expect(scopes).toEqual(['b', 'a']);
  });

  it('may come again when what it asked for has expired', async () => {
    expect(await identityOf({ expiresAt: lastMonth })).toBeDefined();
  });

  it('shows no secret when it is a repeat', async () => {
    const { minting } = mintingFor();
    const { submit } = minting.writer;
    minting.writer.submit = (order) =>
      submit.call(minting.writer, { ...order, idempotent: { keyId: 'repeat', fingerprint: 'f' } });
    const minted = await mintApiKey(minting, ada, input, mintRequest({ idempotencyKey: 'once' }));
    expect(minted.apiKey.name).toBe('x');
    expect(minted.secret).toBeUndefined();
  });
});
