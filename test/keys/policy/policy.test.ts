import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../src/base/errors.ts';
import { DAY } from '../../../src/base/time.ts';
import { type ApiKeyPolicy, livesTooLong, NO_POLICY, toPolicy, violates } from '../../../src/keys/policy/policy.ts';
import {
  assertAllowed,
  assertMayComeBack,
  expiryUnderPolicy,
  withAdministration,
} from '../../../src/keys/policy/policy-rules.ts';
import { PolicyTable } from '../../../src/keys/policy/policy-table.ts';
import { toApiKey } from '../../../src/keys/record/api-key.ts';
import type { Row, SqlDriver, Transaction } from '../../../src/platform/engine.ts';
import { keyRow } from '../../support/minting.ts';

const NOW = Date.parse('2030-01-01T00:00:00.000Z');
const inDays = (days: number): Date => new Date(NOW + days * DAY);
const policy = (rules: Partial<ApiKeyPolicy>): ApiKeyPolicy => ({ ...NO_POLICY, ...rules });
const key = (changes: Row = {}) => toApiKey(keyRow('k', changes));

describe('a stored policy', () => {
  const row = { max_lifetime: 'P90D', default_lifetime: null, require_scopes: 1, who_may_mint: 'ADMINISTRATORS' };

  it('is read as each database stores it', () => {
    const expected = { ...NO_POLICY, maxLifetime: 90 * DAY, requireScopes: true, whoMayMint: 'ADMINISTRATORS' };
    expect(toPolicy(row)).toEqual(expected);
    expect(toPolicy({ ...row, require_scopes: true })).toEqual(expected);
    for (const value of [0, false]) expect(toPolicy({ ...row, require_scopes: value }).requireScopes).toBe(false);
    expect(toPolicy({ ...row, default_lifetime: 'P1D', revoke_unused_after: 'P2D' })).toMatchObject({
      defaultLifetime: DAY,
      revokeUnusedAfter: 2 * DAY,
    });
  });

  it.each([
    ['max_lifetime', 'P1M'],
    ['max_lifetime', 90],
    ['max_lifetime', 'PT0S'],
    ['default_lifetime', ''],
    ['revoke_unused_after', 'soon'],
    ['require_scopes', null],
    ['require_scopes', '1'],
    ['who_may_mint', 'EVERYBODY'],
    ['who_may_mint', null],
  ])('with an unreadable rule is not taken for one without: %s = %j', (column, value) => {
    expect(() => toPolicy({ ...row, [column]: value })).toThrow(
      expect.objectContaining({
        code: 'SERVICE_UNAVAILABLE',
        cause: expect.objectContaining({ message: expect.stringContaining(column) }),
      }),
    );
  });
});

describe('a key that is there already', () => {
  const lives = (days: number) => key({ expires_at: inDays(days).toISOString() });
  const limited = policy({ maxLifetime: 30 * DAY });

  it('lives too long beyond the maximum, without an end, and with one that cannot be read', () => {
    expect([lives(30), lives(31), key()].map((each) => livesTooLong(limited, each))).toEqual([false, true, true]);
    expect(livesTooLong(limited, key({ expires_at: 'never' }))).toBe(true);
    expect(livesTooLong(NO_POLICY, key())).toBe(false);
  });

  it('breaks a rule by living too long, or without the scopes that are required', () => {
    const scoped = key({ scopes: '["data:read"]' });
    expect(violates(limited, scoped)).toBe(true);
    expect(violates(limited, lives(1))).toBe(false);
    expect(violates(policy({ requireScopes: true }), key())).toBe(true);
    expect(violates(policy({ requireScopes: true }), scoped)).toBe(false);
  });

  it('comes back only as a key that could be made', () => {
    expect(() => assertMayComeBack(limited, lives(30), false)).not.toThrow();
    expect(() => assertMayComeBack(NO_POLICY, key(), false)).not.toThrow();
    expect(() => assertMayComeBack(limited, lives(31), true)).toThrow(
      expect.objectContaining({
        code: 'POLICY_VIOLATION',
        message: 'The policy of this organization limits the lifetime of a key to P30D.',
        fields: [expect.objectContaining({ field: 'expiresAt', code: 'exceeds_policy_lifetime' })],
      }),
    );
    expect(() => assertMayComeBack(policy({ requireScopes: true }), key(), true)).toThrow(ServiceError);
  });
});

describe('a new key', () => {
  const wanted = { scopes: [], expiresAt: undefined, endsByDefault: true, isReplacement: false };
  const rules = (max?: number, byDefault?: number) =>
    policy({ maxLifetime: max && max * DAY, defaultLifetime: byDefault && byDefault * DAY });

  it.each([
    [rules(), undefined, undefined],
    [rules(30), undefined, 30],
    [rules(undefined, 10), undefined, 10],
    [rules(30, 10), undefined, 10],
    [rules(10, 30), undefined, 10],
    [rules(30, 10), 5, 5],
    [rules(), 5, 5],
  ])('that says nothing of its end gets the earliest that the rules name (%#)', (given, operator, days) => {
    const limits = { maxKeyLifetime: operator && operator * DAY };
    expect(expiryUnderPolicy(given, limits, wanted, NOW)).toEqual(days && inDays(days));
  });

  it('keeps the end that it asks for, up to the maximum', () => {
    const asks = (days: number | undefined) =>
      expiryUnderPolicy(
        rules(30, 10),
        { maxKeyLifetime: DAY },
        { ...wanted, endsByDefault: false, expiresAt: days === undefined ? undefined : inDays(days) },
        NOW,
      );
    expect(asks(30)).toEqual(inDays(30));
    for (const days of [30.1, undefined]) {
      expect(() => asks(days)).toThrow(expect.objectContaining({ code: 'POLICY_VIOLATION' }));
    }
    const free = { ...wanted, endsByDefault: false };
    expect(expiryUnderPolicy(rules(), { maxKeyLifetime: undefined }, free, NOW)).toBeUndefined();
  });

  it('in the place of another is shortened to the maximum, and not refused', () => {
    const replaces = (days: number | undefined, max?: number) =>
      expiryUnderPolicy(
        rules(max, 1),
        { maxKeyLifetime: DAY },
        { ...wanted, isReplacement: true, expiresAt: days === undefined ? undefined : inDays(days) },
        NOW,
      );
    expect([replaces(90, 30), replaces(20, 30), replaces(undefined, 30), replaces(20), replaces(undefined)]).toEqual([
      inDays(30),
      inDays(20),
      inDays(30),
      inDays(20),
      undefined,
    ]);
  });

  it('is for administrators where the rules say so, and has scopes where they are required', () => {
    const closed = policy({ whoMayMint: 'ADMINISTRATORS' });
    expect(() => assertAllowed(closed, key(), true)).not.toThrow();
    expect(() => assertAllowed(closed, key(), false)).toThrow(
      expect.objectContaining({
        code: 'POLICY_VIOLATION',
        message: expect.stringContaining('only its owners and administrators'),
        fields: [expect.objectContaining({ field: 'whoMayMint', code: 'administrators_only' })],
      }),
    );
    const scoped = policy({ requireScopes: true });
    expect(() => assertAllowed(scoped, { scopes: ['data:read'] }, false)).not.toThrow();
    expect(() => assertAllowed(scoped, { scopes: [] }, true)).toThrow(
      expect.objectContaining({
        code: 'POLICY_VIOLATION',
        message: expect.stringContaining('requires scopes'),
        fields: [expect.objectContaining({ field: 'scopes', code: 'scopes_required' })],
      }),
    );
  });
});

describe('whether somebody administers the organization', () => {
  const olga = { userId: 'olga', organizationId: 'org' };
  const forAdministrators = (administers: boolean) => {
    assertAllowed(policy({ whoMayMint: 'ADMINISTRATORS' }), key(), administers);
    return Promise.resolve(administers);
  };
  const lookUp = (answer: boolean) => {
    const asked: unknown[] = [];
    return { asked, administers: async (...who: unknown[]) => asked.push(who) > 0 && answer };
  };

  it('is looked up only where the rules need it', async () => {
    const administrators = lookUp(true);
    expect(await withAdministration(administrators, olga, async (administers) => administers)).toBe(false);
    expect(administrators.asked).toEqual([]);
    expect(await withAdministration(administrators, olga, async (of) => forAdministrators(of))).toBe(true);
    expect(administrators.asked).toEqual([[{ userId: 'olga' }, 'org']]);
  });

  it('does not help those who do not, nor against another refusal', async () => {
    const write = async (administers: boolean) => forAdministrators(administers);
    const refused = { code: 'POLICY_VIOLATION' };
    await expect(withAdministration(lookUp(false), olga, write)).rejects.toMatchObject(refused);
    const administrators = lookUp(true);
    const nowhere = { userId: 'olga', organizationId: undefined };
    await expect(withAdministration(administrators, nowhere, write)).rejects.toMatchObject(refused);
    for (const error of [new Error('down'), new ServiceError('POLICY_VIOLATION'), new ServiceError('LIMIT_REACHED')]) {
      await expect(withAdministration(administrators, olga, () => Promise.reject(error))).rejects.toBe(error);
    }
    expect(administrators.asked).toEqual([]);
  });
});

describe('the policies of a transaction', () => {
  const transaction = {} as Transaction;
  function driverOf(isPostgres: boolean) {
    const ran: unknown[][] = [];
    const driver: SqlDriver = {
      isSqlite: !isPostgres,
      isPostgres,
      async execute(statement, parameters, options) {
        ran.push([statement.replace(/\s+/g, ' ').replace(/ FROM.*/, ''), parameters, options]);
        return [];
      },
    };
    return { policies: new PolicyTable(driver), ran };
  }
  const READ = 'SELECT id, max_lifetime, default_lifetime, revoke_unused_after, require_scopes, who_may_mint';

  it('are locked in one order before they are read, on PostgreSQL: shared by those who write keys', async () => {
    const { policies, ran } = driverOf(true);
    await policies.hold(transaction, ['b', 'a', 'b']);
    await policies.holdAlone(transaction, 'a');
    const [shared, alone] = [
      'pg_advisory_xact_lock_shared(7304043, hashtext(?))',
      'pg_advisory_xact_lock(7304043, hashtext(?))',
    ];
    expect(ran).toEqual([
      [`SELECT ${shared}, ${shared}`, ['a', 'b'], { transaction }],
      [READ, ['a', 'b'], { transaction }],
      [`SELECT ${alone}`, ['a'], { transaction }],
      [READ, ['a'], { transaction }],
    ]);
  });

  it('are locked by the write transaction on SQLite, and not asked for where there are none', async () => {
    const { policies, ran } = driverOf(false);
    await policies.hold(transaction, ['a']);
    await policies.holdAlone(transaction, 'a');
    expect(ran.map(([statement]) => statement)).toEqual([READ, READ]);
    const held = await policies.hold(transaction, []);
    expect([held.of('a'), ran.length]).toEqual([NO_POLICY, 2]);
  });
});
