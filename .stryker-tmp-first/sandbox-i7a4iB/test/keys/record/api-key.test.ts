// @ts-nocheck
import { describe, expect, it, vi } from 'vitest';
import { type SessionPrincipal, sessionPrincipal } from '../../../src/auth/principal.ts';
import {
  type ApiKeyStatus,
  countActiveKeys,
  insertApiKeys,
  type NewApiKey,
  statusOf,
  toApiKey,
  whereStatus,
} from '../../../src/keys/record/api-key.ts';
import type { DataEngine, Transaction } from '../../../src/platform/engine.ts';
import { matches } from '../../support/rows.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const iso = (milliseconds: number): string => new Date(NOW + milliseconds).toISOString();
const row = { id: 'key_1', name: 'CI', created_at: iso(-5) };
const context = { transaction: {} as Transaction };

describe('a row of a key', () => {
  it('becomes its metadata, with its owner, and without its hash', () => {
    const stored = {
      ...row,
      key: 'a hash',
      user_id: 'usr_1',
      prefix: 'osk_abcd',
      scopes: '["b","a"]',
      expires_at: iso(7),
      active_organization_id: 'org_1',
      last_used_at: iso(-1),
      revoked: true,
    };
    expect(toApiKey(stored)).toEqual({
      id: 'key_1',
      ownerId: 'usr_1',
      name: 'CI',
      prefix: 'osk_abcd',
      scopes: ['b', 'a'],
      expiresAt: new Date(NOW + 7),
      organizationId: 'org_1',
      createdAt: new Date(NOW - 5),
      lastUsedAt: new Date(NOW - 1),
      revoked: true,
    });
  });

  it('may have nothing but an id and a name', () => {
    const empty = { prefix: null, scopes: null, expires_at: null, active_organization_id: null, last_used_at: null };
    for (const sparse of [
      { id: 'k', name: '' },
      { id: 'k', name: '', ...empty, revoked: null },
    ]) {
      expect(toApiKey(sparse)).toEqual({
        id: 'k',
        ownerId: '',
        name: '',
        prefix: '',
        scopes: [],
        expiresAt: undefined,
        organizationId: undefined,
        createdAt: new Date(Number.NaN),
        lastUsedAt: undefined,
        revoked: false,
      });
    }
  });

  it.each([
    ['text', iso(7)],
    ['milliseconds', NOW + 7],
    ['a Date', new Date(NOW + 7)],
  ])('has its dates as %s, whatever the driver gives', (_form, expires_at) => {
    expect(toApiKey({ ...row, expires_at }).expiresAt).toEqual(new Date(NOW + 7));
  });

  it.each<[unknown, boolean]>([
    [true, true],
    [1, true],
    [false, false],
    [0, false],
    [null, false],
    [undefined, false],
  ])('with %j as `revoked` says %j', (revoked, expected) => {
    expect(toApiKey({ ...row, revoked }).revoked).toBe(expected);
  });

  it.each([
    ['id', { ...row, id: undefined }],
    ['id', { ...row, id: 1 }],
    ['name', { ...row, name: null }],
  ])('is none without an %s', (_what, broken) => {
    expect(() => toApiKey(broken)).toThrow('sys_api_key row without id or name');
  });
});

describe('the status of a key', () => {
  const expiries = [null, -1, 0, 1].map((expiry) => (expiry === null ? null : iso(expiry)));
  const rows = [true, false, null].flatMap((revoked) =>
    expiries.map((expires_at): [boolean | null, string | null, ApiKeyStatus] => [
      revoked,
      expires_at,
      revoked ? 'REVOKED' : expires_at !== null && expires_at <= iso(0) ? 'EXPIRED' : 'ACTIVE',
    ]),
  );

  it.each(rows)('with %j as `revoked`, expiring at %s, is %s, and the query says the same', (revoked, at, status) => {
    const stored = { ...row, revoked, expires_at: at };
    expect(statusOf(toApiKey(stored), NOW)).toBe(status);
    const found = (['ACTIVE', 'REVOKED', 'EXPIRED'] as const).filter((each) => matches(stored, whereStatus(each, NOW)));
    expect(found).toEqual([status]);
  });

  it('is that of now, unless another moment is named', () => {
    const soon = new Date(Date.now() + 3_600_000);
    expect(statusOf({ ...toApiKey(row), expiresAt: soon })).toBe('ACTIVE');
    expect(statusOf({ ...toApiKey(row), expiresAt: soon }, soon.getTime())).toBe('EXPIRED');
  });
});

describe('writing keys', () => {
  const owner = sessionPrincipal({ userId: 'usr_1', email: 'a@example.test', organizationId: 'org_1' }, false);
  const alone = sessionPrincipal({ userId: 'usr_2', email: 'b@example.test', organizationId: undefined }, false);
  const key = (more: Partial<NewApiKey> = {}): NewApiKey => ({
    owner,
    id: 'key_1',
    name: 'CI',
    hash: 'a hash',
    prefix: 'osk_abcd',
    scopes: ['b', 'a'],
    expiresAt: new Date(NOW + 7),
    createdAt: new Date(NOW),
    ...more,
  });
  const engine = (insert: DataEngine['insert'] = async (_object, rows) => rows) => {
    const spy = vi.fn(insert);
    return { insert: spy, engine: { insert: spy } as Pick<DataEngine, 'insert'> as DataEngine };
  };

  it('pins each to its owner and their organization, elevated, in the transaction that it is given', async () => {
    const target = engine();
    const written = await insertApiKeys(
      target.engine,
      [key(), key({ id: 'key_2', owner: alone, scopes: [], expiresAt: undefined })],
      { ...context, isSystem: false },
    );
    const first = {
      id: 'key_1',
      name: 'CI',
      key: 'a hash',
      prefix: 'osk_abcd',
      user_id: 'usr_1',
      revoked: false,
      active_organization_id: 'org_1',
      scopes: '["b","a"]',
      expires_at: iso(7),
      created_at: iso(0),
    };
    const second = {
      ...first,
      id: 'key_2',
      user_id: 'usr_2',
      active_organization_id: null,
      scopes: null,
      expires_at: null,
    };
    expect(target.insert.mock.calls).toEqual([
      ['sys_api_key', [first, second], { context: { transaction: context.transaction, isSystem: true } }],
    ]);
    expect(written).toEqual([toApiKey(first), toApiKey(second)]);
  });

  it('writes none of them if authentication did not construct one of the owners', async () => {
    const target = engine();
    const forged = { ...owner, kind: 'session', impersonated: false } as unknown as SessionPrincipal;
    await expect(insertApiKeys(target.engine, [key(), key({ owner: forged })], context)).rejects.toThrow(
      'was not constructed by authentication',
    );
    expect(target.insert).not.toHaveBeenCalled();
  });

  it('fails when the engine does not return a row for each', async () => {
    const { engine: forgetful } = engine(async (_object, rows) => rows.slice(1));
    await expect(insertApiKeys(forgetful, [key(), key()], context)).rejects.toThrow('did not return a row for each');
  });
});

it('active keys are counted for several people in one elevated query in the given transaction', async () => {
  const aggregate = vi.fn<DataEngine['aggregate']>(async () => [
    { user_id: 'usr_1', active: 3 },
    // PostgreSQL counts in text.
    { user_id: 'usr_2', active: '12' },
  ]);
  const engine = { aggregate } as Pick<DataEngine, 'aggregate'> as DataEngine;
  const counted = await countActiveKeys(engine, ['usr_1', 'usr_2', 'usr_3'], NOW, { ...context, isSystem: false });
  expect([...counted]).toEqual([
    ['usr_1', 3],
    ['usr_2', 12],
  ]);
  expect(aggregate.mock.calls).toEqual([
    [
      'sys_api_key',
      {
        where: { user_id: { $in: ['usr_1', 'usr_2', 'usr_3'] }, ...whereStatus('ACTIVE', NOW) },
        groupBy: ['user_id'],
        aggregations: [{ function: 'count', alias: 'active' }],
        context: { transaction: context.transaction, isSystem: true },
      },
    ],
  ]);
});
