// @ts-nocheck
import { describe, expect, it } from 'vitest';
import {
  ApiKeyPrincipal,
  apiKeyPrincipal,
  assertPrincipal,
  SessionPrincipal,
  sessionPrincipal,
} from '../../src/auth/principal.ts';
import { callerOf, KeyTable, keysOn } from '../support/minting.ts';

const IDENTITY = { userId: 'usr_1', email: 'a@example.test', organizationId: 'org_1' };
const genuine = sessionPrincipal(IDENTITY, false);

const LOOK_ALIKES: [string, () => unknown][] = [
  ['an object with the same fields', () => ({ ...genuine, kind: 'session', impersonated: false })],
  ['an object with the same prototype', () => Object.create(SessionPrincipal.prototype)],
  ['a copy', () => Object.assign(Object.create(Object.getPrototypeOf(genuine) as object), genuine)],
  ['a structured clone', () => structuredClone(genuine)],
  ['a proxy of a principal', () => new Proxy(genuine, {})],
  ['JSON', () => JSON.parse(JSON.stringify(genuine))],
  ['null', () => null],
  ['undefined', () => undefined],
  ['an id', () => 'usr_1'],
];

describe('a principal', () => {
  it('that authentication constructed passes', () => {
    expect(() => assertPrincipal(genuine)).not.toThrow();
    expect(() => assertPrincipal(apiKeyPrincipal(IDENTITY, 'key_1'))).not.toThrow();
  });

  it.each(LOOK_ALIKES)('is not %s', (_what, make) => {
    expect(() => assertPrincipal(make())).toThrow('was not constructed by authentication');
  });

  it.each(LOOK_ALIKES)('is what minting asks for first: %s mints nothing', async (_what, make) => {
    const table = new KeyTable();
    const { keys, asked, orders } = keysOn(table);
    const minted = keys.create(callerOf(make() as SessionPrincipal), { name: 'x' });
    await expect(minted).rejects.toThrow('was not constructed by authentication');
    expect([asked, orders, table.calls]).toEqual([[], [], []]);
  });

  it('cannot be constructed elsewhere', () => {
    const gate = Symbol('only auth/ constructs principals');
    const refusal = new TypeError('A principal is constructed by authentication only.');
    expect(() => new SessionPrincipal(gate, IDENTITY, false)).toThrow(refusal);
    expect(() => new ApiKeyPrincipal(gate, IDENTITY, 'key_1')).toThrow(refusal);
  });

  it.each([
    ['a person', genuine],
    ['a program', apiKeyPrincipal(IDENTITY, 'key_1')],
  ])('cannot be changed: %s', (_whose, principal) => {
    expect(() => Object.assign(principal, { userId: 'usr_2' })).toThrow(TypeError);
    expect(() => Object.assign(principal, { scopes: ['all'] })).toThrow(TypeError);
    expect(principal.userId).toBe('usr_1');
  });
});
