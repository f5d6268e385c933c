import { describe, expect, it } from 'vitest';
import { type Limits, widenedFields } from '../../../src/keys/update/widening.ts';

const DAY = new Date('2030-01-01T00:00:00.000Z');
const before = (date: Date): Date => new Date(date.getTime() - 1);
const after = (date: Date): Date => new Date(date.getTime() + 1);
const FREE: Limits = { scopes: [], expiresAt: undefined, allowedNetworks: [] };
const limited = (limits: Partial<Limits>): Limits => ({ ...FREE, ...limits });
const widened = (now: Limits, asked: object): string[] =>
  widenedFields(now, { id: 'k', ...asked } as Parameters<typeof widenedFields>[1]).map(
    ({ field, code }) => `${field}: ${code}`,
  );

describe('an update does not widen a key', () => {
  it.each<[string, Limits, object]>([
    ['that it says nothing of', limited({ scopes: ['a'], expiresAt: DAY, allowedNetworks: ['10.0.0.0/8'] }), {}],
    ['with any scopes, where it has none', FREE, { scopes: ['data:write', 'a'] }],
    ['with no scopes, where it has none', FREE, { scopes: null }],
    ['with some of its scopes', limited({ scopes: ['a', 'b'] }), { scopes: ['b'] }],
    ['with reading instead of writing', limited({ scopes: ['data:write'] }), { scopes: ['data:read'] }],
    ['with any expiry, where it has none', FREE, { expiresAt: DAY }],
    ['with no expiry, where it has none', FREE, { expiresAt: null }],
    ['with the same expiry', limited({ expiresAt: DAY }), { expiresAt: DAY }],
    ['with an earlier expiry', limited({ expiresAt: DAY }), { expiresAt: before(DAY) }],
    ['with any networks, where it has none', FREE, { allowedNetworks: ['0.0.0.0/0'] }],
    ['with no networks, where it has none', FREE, { allowedNetworks: null }],
    [
      'with networks within its own',
      limited({ allowedNetworks: ['10.0.0.0/8', '2001:db8::/32'] }),
      { allowedNetworks: ['10.1.0.0/16', '10.0.0.1', '2001:db8::1'] },
    ],
  ])('%s', (_what, now, asked) => {
    expect(widened(now, asked)).toEqual([]);
  });
});

describe('an update widens a key', () => {
  it.each<[string, Limits, object, string]>([
    ['with another scope', limited({ scopes: ['a'] }), { scopes: ['b'] }, 'scopes'],
    ['with a scope more', limited({ scopes: ['a'] }), { scopes: ['a', 'b'] }, 'scopes'],
    ['with no scopes', limited({ scopes: ['a'] }), { scopes: null }, 'scopes'],
    ['with writing instead of reading', limited({ scopes: ['data:read'] }), { scopes: ['data:write'] }, 'scopes'],
    ['with actions instead of writing', limited({ scopes: ['data:write'] }), { scopes: ['actions:execute'] }, 'scopes'],
    ['with a set instead of writing', limited({ scopes: ['data:write'] }), { scopes: ['a'] }, 'scopes'],
    ['whose scopes cannot be read', limited({ scopes: ['(unreadable)'] }), { scopes: ['data:read'] }, 'scopes'],
    ['with a later expiry', limited({ expiresAt: DAY }), { expiresAt: after(DAY) }, 'expiresAt'],
    ['with no expiry', limited({ expiresAt: DAY }), { expiresAt: null }, 'expiresAt'],
    ['whose expiry cannot be read', limited({ expiresAt: new Date(Number.NaN) }), { expiresAt: DAY }, 'expiresAt'],
    [
      'with a network that cannot be read',
      limited({ allowedNetworks: ['10.0.0.0/8'] }),
      { allowedNetworks: ['none'] },
      'allowedNetworks',
    ],
    [
      'with a larger network',
      limited({ allowedNetworks: ['10.0.0.0/8'] }),
      { allowedNetworks: ['10.0.0.0/7'] },
      'allowedNetworks',
    ],
    [
      'with one network more',
      limited({ allowedNetworks: ['10.0.0.0/8'] }),
      { allowedNetworks: ['10.0.0.0/8', '192.0.2.1'] },
      'allowedNetworks',
    ],
    ['with no networks', limited({ allowedNetworks: ['10.0.0.0/8'] }), { allowedNetworks: null }, 'allowedNetworks'],
    [
      'whose networks cannot be read',
      limited({ allowedNetworks: 'unreadable' }),
      { allowedNetworks: ['10.0.0.1'] },
      'allowedNetworks',
    ],
    [
      'whose networks are no networks',
      limited({ allowedNetworks: ['x'] }),
      { allowedNetworks: ['10.0.0.1'] },
      'allowedNetworks',
    ],
  ])('%s', (_what, now, asked, field) => {
    expect(widened(now, asked)).toEqual([`${field}: widens`]);
  });

  it('in several fields, and each is named with what to do', () => {
    const now = limited({ scopes: ['a'], expiresAt: DAY, allowedNetworks: ['10.0.0.0/8'] });
    const asked = { id: 'k', scopes: null, expiresAt: null, allowedNetworks: null };
    const faults = widenedFields(now, asked as Parameters<typeof widenedFields>[1]);
    expect(faults.map(({ field }) => field)).toEqual(['scopes', 'expiresAt', 'allowedNetworks']);
    for (const { message } of faults) expect(message).toMatch(/[Mm]ake another key/);
  });
});
