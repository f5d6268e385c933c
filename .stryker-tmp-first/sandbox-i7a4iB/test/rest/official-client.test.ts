// @ts-nocheck
import { ObjectStackClient } from '@objectstack/client';
import { hashApiKey } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let admin: Person;
beforeAll(async () => {
  target = await bootKernel();
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

const clientOf = (token: string): ObjectStackClient => new ObjectStackClient({ baseUrl: target.url, token });

describe('the official client', () => {
  it('mints, and the key is live', async () => {
    const created = await clientOf(admin.token).keys.create({ name: 'from the client' });
    expect(created).toMatchObject({ name: 'from the client', key: expect.stringMatching(/^osk_/) });
    expect(created.prefix).toBe(created.key.slice(0, 12));

    const row = (await target.storedKeys()).find(({ id }) => id === created.id);
    expect(row).toMatchObject({ user_id: admin.id, key: hashApiKey(created.key) });
    const used = await fetch(`${target.url}/api/v1/data/sys_api_key`, { headers: { 'x-api-key': created.key } });
    expect(used.status).toBe(200);
  });

  it.each<[string, string | number]>([
    ['an ISO text', '2031-01-01T00:00:00.000Z'],
    ['an ISO text with an offset', '2031-01-01T02:00:00+02:00'],
    ['seconds', 1_924_992_000],
    ['milliseconds', 1_924_992_000_000],
  ])('says when a key expires: %s', async (_form, expiresAt) => {
    const created = await clientOf(admin.token).keys.create({ name: 'x', expiresAt });
    expect(created.expires_at).toBe('2031-01-01T00:00:00.000Z');
  });

  it.each<[string, { name: string; expiresAt?: string | number }, object]>([
    ['a name that is refused', { name: '' }, { fields: [{ field: 'name', code: 'invalid_value' }] }],
    ['an expiry in the past', { name: 'x', expiresAt: 1 }, { fields: [{ field: 'expires_at', code: 'in_the_past' }] }],
    [
      'an expiry without an offset',
      { name: 'x', expiresAt: '2031-01-01T00:00:00' },
      { fields: [{ field: 'expires_at' }] },
    ],
    ['an expiry beyond any date', { name: 'x', expiresAt: 1e300 }, { fields: [{ field: 'expires_at' }] }],
  ])('reads what is wrong with %s', async (_what, options, details) => {
    const before = await target.storedKeys();
    await expect(clientOf(admin.token).keys.create(options)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      httpStatus: 400,
      message: expect.stringMatching(/The (?:name|expiry) must/),
      details,
    });
    expect(await target.storedKeys()).toEqual(before);
  });

  it('gets an error that a key needs a name when called without arguments', async () => {
    const { keys } = clientOf(admin.token);
    await expect(Reflect.apply(keys.create, keys, [])).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      message: 'A name is required: say what the key is for.',
    });
  });

  it('gets an error without a session, and for an API key that tries to create a key', async () => {
    const { key } = await clientOf(admin.token).keys.create({ name: 'x' });
    const before = await target.storedKeys();
    await expect(clientOf('A'.repeat(32)).keys.create({ name: 'x' })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      httpStatus: 401,
    });
    await expect(clientOf(key).keys.create({ name: 'x' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      httpStatus: 403,
    });
    expect(await target.storedKeys()).toEqual(before);
  });
});
