import { describe, expect, it, vi } from 'vitest';
import type { KeyLimits } from '../../src/keys/limits/limits.ts';
import type { MintOrder } from '../../src/keys/mint/mint-order.ts';
import type { MintWriter } from '../../src/keys/mint/mint-writer.ts';
import { toApiKey } from '../../src/keys/record/api-key.ts';
import type { AuditTrail, KeyChange } from '../../src/keys/record/audit-trail.ts';
import type { DataEngine, Row } from '../../src/platform/engine.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { createApiKey } from '../../src/resolvers/create-api-key.ts';
import { mintRequest } from '../../src/resolvers/mint-request.ts';
import { rotateApiKey } from '../../src/resolvers/rotate-api-key.ts';
import { setRevoked } from '../../src/resolvers/set-revoked.ts';
import { asker } from '../support/asker.ts';

const limits: KeyLimits = {
  perUser: undefined,
  perAddress: undefined,
  maxActiveKeys: undefined,
  maxLifetime: undefined,
};

/** A member of `org_1` who holds the scope `a` and has one key, and what is written for them. */
function member(more: { idempotencyKey?: string; replayed?: boolean } = {}) {
  const row: Row = { id: 'key_1', name: 'CI', prefix: 'osk_aaaa', active_organization_id: 'org_1', revoked: false };
  const orders: MintOrder[] = [];
  const changes: KeyChange[] = [];
  const find = vi.fn<DataEngine['find']>(async (_object, { where }) => (where?.['id'] === 'key_1' ? [row] : []));
  const update = vi.fn<DataEngine['update']>(async (_object, data) => Object.assign(row, data));
  const memberships = vi.fn<Platform['memberships']>(async () => [{ id: 'mem_1' }]);
  const writer: Partial<MintWriter> = {
    submit: async (order) => {
      expect(person.steps).toEqual(['mint', 'database insert']);
      orders.push(order);
      return {
        apiKey: toApiKey({ id: 'key_2', name: order.name, prefix: 'osk_bbbb' }),
        replayed: more.replayed ?? false,
      };
    },
  };
  const auditTrail: Partial<AuditTrail> = {
    during: (written, write) => {
      changes.push(...written);
      return write();
    },
  };
  const person = asker({
    ...more,
    limits,
    writer: writer as MintWriter,
    auditTrail: auditTrail as AuditTrail,
    platform: {
      engine: { find, update },
      asking: (question) => question(),
      contextOf: async ({ userId }) => ({ userId }),
      memberships,
      tenancyPosture: async () => undefined,
      scopesHeldBy: async () => ['a'],
    },
  });
  const asked = () => [...find.mock.calls, ...update.mock.calls, ...memberships.mock.calls];
  return { ...person, row, orders, changes, update, asked };
}

describe('creating a key', () => {
  it('writes what was asked for, as a step of the request, and tells of it', async () => {
    const { context, orders, told, steps, principal } = member({ idempotencyKey: 'once' });
    const { apiKey, secret } = await createApiKey({ name: ' CI ', scopes: ['a'] }, context);
    expect(apiKey.id).toBe('key_2');
    expect(secret?.reveal()).toMatch(/^osk_/);
    expect(orders).toMatchObject([
      {
        name: 'CI',
        scopes: ['a'],
        owner: principal,
        requestId: 'req_1',
        address: '203.0.113.7',
        idempotent: { keyId: expect.any(String) },
        replaces: undefined,
      },
    ]);
    expect(told).toMatchObject([{ action: 'create', keyId: 'key_2', previousKeyId: undefined }]);
    expect(steps).toEqual(['mint', 'database insert', 'database insert done', 'mint done']);
  });

  it('that is a repeat has no secret, and nobody is told of it', async () => {
    const { context, told, request } = member({ idempotencyKey: 'once', replayed: true });
    expect((await createApiKey({ name: 'CI' }, context)).secret).toBeUndefined();
    expect(told).toEqual([]);
    expect(request.replayed).toBe(true);
  });

  it.each([
    ['an input that is none', { name: 1 }, 'once'],
    ['an Idempotency-Key that is none', { name: 'CI' }, 'two words'],
  ])('of %s is refused before anything is asked', async (_what, input, idempotencyKey) => {
    const { context, asked, orders, told } = member({ idempotencyKey });
    await expect(createApiKey(input, context)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect([asked(), orders, told]).toEqual([[], [], []]);
  });
});

describe('rotating a key', () => {
  it('writes the replacement, and tells of both keys', async () => {
    const { context, orders, told } = member();
    const { apiKey, previous, secret } = await rotateApiKey({ id: 'key_1', overlap: 'PT1H' }, context);
    expect([apiKey.id, previous.id]).toEqual(['key_2', 'key_1']);
    expect(secret?.reveal()).toMatch(/^osk_/);
    expect(orders).toMatchObject([
      { name: 'CI', requestId: 'req_1', replaces: { id: 'key_1', prefix: 'osk_aaaa', overlap: 3_600_000 } },
    ]);
    expect(told).toMatchObject([{ action: 'rotate', keyId: 'key_2', prefix: 'osk_bbbb', previousKeyId: 'key_1' }]);
  });

  it.each([
    ['an overlap that is none', { id: 'key_1', overlap: 'P8D' }, 'once'],
    ['an Idempotency-Key that is none', { id: 'key_1' }, 'two words'],
  ])('with %s is refused before anything is asked', async (_what, input, idempotencyKey) => {
    const { context, asked, orders, told } = member({ idempotencyKey });
    await expect(rotateApiKey(input, context)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect([asked(), orders, told]).toEqual([[], [], []]);
  });
});

describe('revoking and restoring a key', () => {
  it.each([
    ['revoke', true],
    ['restore', false],
  ] as const)('%ss it, and tells of it', async (action, revoked) => {
    const { context, row, told, changes, update } = member();
    row['revoked'] = !revoked;
    expect(await setRevoked({ id: 'key_1' }, revoked, context)).toMatchObject({ id: 'key_1', revoked });
    expect(update).toHaveBeenCalledExactlyOnceWith(
      'sys_api_key',
      { id: 'key_1', revoked },
      { context: { userId: 'usr_1' } },
    );
    expect(changes).toMatchObject([{ action, keyId: 'key_1', requestId: 'req_1', address: '203.0.113.7' }]);
    expect(told).toMatchObject([{ action, keyId: 'key_1', prefix: 'osk_aaaa', previousKeyId: undefined }]);
  });

  it('that is so already is answered, and nothing is written or told', async () => {
    const { context, told, update } = member();
    expect(await setRevoked({ id: 'key_1' }, false, context)).toMatchObject({ id: 'key_1', revoked: false });
    expect(update).not.toHaveBeenCalled();
    expect(told).toEqual([]);
  });

  it('is refused for a key that is not theirs, and told to nobody', async () => {
    const { context, told, update } = member();
    await expect(setRevoked({ id: 'key_9' }, true, context)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(update).not.toHaveBeenCalled();
    expect(told).toEqual([]);
  });

  it('is refused before anything is asked where the input is none', async () => {
    const { context, asked } = member();
    for (const input of [{}, { id: '' }, { id: 'key_1', revoked: true }, null]) {
      await expect(setRevoked(input, true, context)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    }
    expect(asked()).toEqual([]);
  });
});

describe('what minting knows of a request', () => {
  it('is its id, its address, its deadline and its Idempotency-Key', () => {
    const { request } = asker({ idempotencyKey: 'once' });
    expect(mintRequest(request)).toEqual({
      id: 'req_1',
      idempotencyKey: 'once',
      address: '203.0.113.7',
      deadline: request.budget.deadline,
      step: expect.any(Function),
    });
    expect(mintRequest(asker().request).idempotencyKey).toBeUndefined();
  });
});
