import { describe, expect, it, vi } from 'vitest';
import { toApiKey } from '../../src/keys/record/api-key.ts';
import { Secret } from '../../src/keys/record/secret.ts';
import { telling, tellingOfMint } from '../../src/resolvers/telling.ts';
import { asker } from '../support/asker.ts';

const apiKey = toApiKey({ id: 'key_2', name: 'CI', prefix: 'osk_bbbb' });
const previous = toApiKey({ id: 'key_1', name: 'CI', prefix: 'osk_aaaa' });
const secret = new Secret('osk_a-secret');
const event = {
  userId: 'usr_1',
  organizationId: 'org_1',
  keyId: 'key_2',
  prefix: 'osk_bbbb',
  previousKeyId: undefined,
  milliseconds: expect.any(Number),
};

describe('what was done to a key', () => {
  it('is told after it was done, and the outcome is handed on', async () => {
    const { context, told } = asker();
    const outcome = { at: 'work' };
    const operation = async () => {
      expect(told).toEqual([]);
      return outcome;
    };
    const answer = await telling(context, 'revoke', operation, (done) => {
      expect(done).toBe(outcome);
      return { apiKey, changed: true };
    });
    expect(answer).toBe(outcome);
    expect(told).toEqual([{ ...event, action: 'revoke' }]);
  });

  it('is told with how long it took', async () => {
    const { context, told } = asker();
    using now = vi.spyOn(performance, 'now').mockReturnValue(1000);
    const operation = async () => void now.mockReturnValue(1250);
    await telling(context, 'revoke', operation, () => ({ apiKey, changed: true }));
    expect(told).toMatchObject([{ milliseconds: 250 }]);
  });

  it('is not told where nothing was changed, or where it failed', async () => {
    const { context, told } = asker();
    await telling(
      context,
      'restore',
      async () => 1,
      () => ({ apiKey, changed: false }),
    );
    const failed = telling(
      context,
      'restore',
      () => Promise.reject(new Error('down')),
      () => ({ apiKey, changed: true }),
    );
    await expect(failed).rejects.toThrow('down');
    expect(told).toEqual([]);
  });
});

describe('a key that was made', () => {
  it('is told as a step of the trace, without its secret', async () => {
    const { context, told, steps, request } = asker();
    const minted = { apiKey, secret };
    expect(await tellingOfMint(context, 'create', async () => minted)).toBe(minted);
    expect(told).toEqual([{ ...event, action: 'create' }]);
    expect(JSON.stringify(told)).not.toContain('secret');
    expect(steps).toEqual(['mint', 'mint done']);
    expect(request.replayed).toBe(false);
  });

  it('is told with the one that it replaces', async () => {
    const { context, told } = asker();
    await tellingOfMint(context, 'rotate', async () => ({ apiKey, secret, previous }));
    expect(told).toEqual([{ ...event, action: 'rotate', previousKeyId: 'key_1' }]);
  });

  it('by an earlier request is not told again, and the answer says that it is a repeat', async () => {
    const { context, told, request } = asker();
    await tellingOfMint(context, 'create', async () => ({ apiKey, secret: undefined }));
    expect(told).toEqual([]);
    expect(request.replayed).toBe(true);
  });
});
