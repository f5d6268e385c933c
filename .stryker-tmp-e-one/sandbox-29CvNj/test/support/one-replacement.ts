// @ts-nocheck
import { expect } from 'vitest';
import type { Replica } from './replica.ts';

/** Rotates a key at two servers at once, and asserts that both made one replacement between them. */
export async function expectOneReplacement(servers: readonly [Replica, Replica], token: string): Promise<void> {
  for (const value of [undefined, 'rotated-at-both']) {
    const { key = '', apiKey } = await servers[0].mint(token, 'to rotate');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => servers[index % 2 === 0 ? 0 : 1].rotate(token, apiKey?.id ?? '', value)),
    );
    const made = answers.filter((answer) => answer.key?.startsWith('osk_'));
    expect(made).toHaveLength(1);
    const others = answers.filter((answer) => !answer.key?.startsWith('osk_'));
    // Without the header nobody else learns of the replacement; with it everybody does.
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([value === undefined ? 409 : 200]));
    if (value !== undefined) expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    for (const server of servers)
      expect([await server.use(key), await server.use(made[0]?.key ?? '')]).toEqual([401, 200]);
  }
}
