// @ts-nocheck
// 
import { expect, it, vi } from 'vitest';
import { toApiKey } from '../../src/keys/record/api-key.ts';
import { createApiKey } from '../../src/resolvers/create-api-key.ts';
import { restoreApiKey } from '../../src/resolvers/restore-api-key.ts';
import { revokeApiKey } from '../../src/resolvers/revoke-api-key.ts';
import { rotateApiKey } from '../../src/resolvers/rotate-api-key.ts';
import { asker } from '../support/asker.ts';

const apiKey = toApiKey({ id: 'key_1', name: 'CI' });
const minted = { apiKey, secret: undefined };

it.each([
  ['create', createApiKey, minted],
  ['rotate', rotateApiKey, { ...minted, previous: apiKey }],
  ['revoke', revokeApiKey, apiKey],
  ['restore', restoreApiKey, apiKey],
] as const)('to %s a key is what the service does, with the input as it came', async (action, resolve, outcome) => {
  const { context, keys } = asker();
  const called = vi.spyOn(keys, action).mockResolvedValue(outcome as never);
  const input = { anything: 'at all' };
  expect(await resolve(input, context)).toBe(outcome);
  expect(called.mock.calls).toEqual([[context, input]]);
});
