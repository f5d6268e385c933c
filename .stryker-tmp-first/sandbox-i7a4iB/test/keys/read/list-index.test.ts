// @ts-nocheck
import { describe, expect, it, vi } from 'vitest';
import { ensureListIndexes } from '../../../src/keys/read/list-index.ts';
import type { SqlDriver } from '../../../src/platform/engine.ts';

const makeOn = (column: string): string =>
  expect.stringMatching(new RegExp(`^CREATE INDEX IF NOT EXISTS \\w+ ON sys_api_key \\(${column}, created_at, id\\)$`));
const MAKE = makeOn('user_id');
const MAKE_OF_ORGANIZATION = makeOn('active_organization_id');

function driverThat(...outcomes: (Error | undefined)[]) {
  const execute = vi.fn(async (_statement: string) => {
    const outcome = outcomes.shift();
    if (outcome !== undefined) throw outcome;
    return [];
  });
  return { execute, driver: { isSqlite: false, isPostgres: true, execute } satisfies SqlDriver };
}

describe('the indexes behind the lists', () => {
  it('are made once, if they are not there', async () => {
    const { driver, execute } = driverThat();
    await ensureListIndexes(driver);
    expect(execute.mock.calls).toEqual([[MAKE], [MAKE_OF_ORGANIZATION]]);
  });

  it('are asked for again when another replica was making them', async () => {
    const { driver, execute } = driverThat(new Error('duplicate key value violates unique constraint'));
    await ensureListIndexes(driver);
    expect(execute.mock.calls).toEqual([[MAKE], [MAKE], [MAKE_OF_ORGANIZATION]]);
  });

  it('cannot be made where one fails twice', async () => {
    const { driver, execute } = driverThat(new Error('first'), new Error('second'));
    await expect(ensureListIndexes(driver)).rejects.toThrow('second');
    expect(execute).toHaveBeenCalledTimes(2);
  });
});
