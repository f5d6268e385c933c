import { describe, expect, it, vi } from 'vitest';
import { ensureListIndex } from '../../../src/keys/read/list-index.ts';
import type { SqlDriver } from '../../../src/platform/engine.ts';

const MAKE = expect.stringMatching(/^CREATE INDEX IF NOT EXISTS \w+ ON sys_api_key \(user_id, created_at, id\)$/);

function driverThat(...outcomes: (Error | undefined)[]) {
  const execute = vi.fn(async (_statement: string) => {
    const outcome = outcomes.shift();
    if (outcome !== undefined) throw outcome;
    return [];
  });
  return { execute, driver: { isSqlite: false, isPostgres: true, execute } satisfies SqlDriver };
}

describe('the index behind the list', () => {
  it('is made once, if it is not there', async () => {
    const { driver, execute } = driverThat();
    await ensureListIndex(driver);
    expect(execute.mock.calls).toEqual([[MAKE]]);
  });

  it('is asked for again when another replica was making it', async () => {
    const { driver, execute } = driverThat(new Error('duplicate key value violates unique constraint'));
    await ensureListIndex(driver);
    expect(execute.mock.calls).toEqual([[MAKE], [MAKE]]);
  });

  it('cannot be made where it fails twice', async () => {
    const { driver, execute } = driverThat(new Error('first'), new Error('second'));
    await expect(ensureListIndex(driver)).rejects.toThrow('second');
    expect(execute).toHaveBeenCalledTimes(2);
  });
});
