// @ts-nocheck
// 
import { describe, expect, it } from 'vitest';
import { chaos } from '../support/chaos.ts';
import { newDatabase } from '../support/kernel.ts';

// `npm run chaos` does the same for longer.
const ROUNDS = 3;

describe.each(['sqlite', 'postgres'] as const)('a server on %s that is killed under load', (kind) => {
  it('has lost no key that it answered, and every request without an answer can be repeated', {
    timeout: 120_000,
  }, async () => {
    const database = await newDatabase(kind);
    const report = await chaos(database.config, { rounds: ROUNDS });

    // Otherwise nothing was tried.
    expect(report.answered).toBeGreaterThan(0);
    expect(report.unanswered).toBeGreaterThanOrEqual(ROUNDS);
    expect(report).toMatchObject({ rounds: ROUNDS, lost: [], unrepeatable: [], doubled: [] });
    await database.drop();
  });
});
