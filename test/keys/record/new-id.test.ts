import { expect, it } from 'vitest';
import { newId } from '../../../src/keys/record/new-id.ts';

const COUNT = 10_000;

it('no two ids are alike, also of one moment', () => {
  const ids = Array.from({ length: COUNT }, () => newId(1_800_000_000_000));
  expect(new Set(ids).size).toBe(COUNT);
  for (const id of ids) expect(id).toMatch(/^01a3185c5000-[0-9a-f]{24}$/);
});

it('each of the 96 random bits is one about as often as zero', () => {
  const ones = Array.from({ length: 96 }, () => 0);
  for (let made = 0; made < COUNT; made++) {
    const random = BigInt(`0x${newId(0).slice(13)}`);
    for (const bit of ones.keys()) ones[bit] = (ones[bit] ?? 0) + Number((random >> BigInt(bit)) & 1n);
  }
  // Nine standard deviations: a bit that is stuck or lost is far outside, and chance never is.
  for (const count of ones) expect(Math.abs(count - COUNT / 2)).toBeLessThan(9 * Math.sqrt(COUNT / 4));
});

it('an id of a later millisecond sorts behind those before it', () => {
  const times = [1, 9, 10, 255, 256, 1_800_000_000_000, 1_800_000_000_001];
  const ids = times.map(newId);
  expect([...ids].sort()).toEqual(ids);
});
