// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { usedVia } from '../../../src/keys/admission/used-via.ts';
import { Verification } from '../../../src/keys/admission/verification.ts';
import type { Row } from '../../../src/platform/engine.ts';
import type { EngineOperation } from '../../../src/platform/middleware.ts';

const SYSTEM = { isSystem: true };

/** Runs an operation that finds `found`, where the key `live` alone is admitted. */
async function resultOf(operation: EngineOperation, found: unknown): Promise<unknown> {
  const { around } = new Verification(async (row) => (row['id'] === 'live' ? { ...row, seen: true } : undefined));
  await around(operation, async () => {
    operation.result = found;
  });
  return operation.result;
}

const rows: Row[] = [{ id: 'live' }, { id: 'dead' }];
const lookUp = { object: 'sys_api_key', ast: { where: { key: 'hash', revoked: false } }, context: SYSTEM };

describe('a look-up of a key by its hash', () => {
  it('returns an admitted key', async () => {
    expect(await resultOf({ ...lookUp, operation: 'find' }, rows)).toEqual([{ id: 'live', seen: true }]);
    expect(await resultOf({ ...lookUp, operation: 'findOne' }, { id: 'live' })).toEqual({ id: 'live', seen: true });
    expect(await resultOf({ ...lookUp, operation: 'findOne' }, { id: 'dead' })).toBeNull();
    expect(await resultOf({ ...lookUp, operation: 'findOne' }, null)).toBeNull();
  });

  it('fails when admission does', async () => {
    const { around } = new Verification(() => Promise.reject(new Error('down')));
    const operation: EngineOperation = { ...lookUp, operation: 'find' };
    const run = around(operation, async () => {
      operation.result = rows;
    });
    await expect(run).rejects.toThrow('down');
  });

  it.each<[string, EngineOperation]>([
    ['a list of keys', { ...lookUp, operation: 'find', ast: { where: { user_id: 'usr_1' } } }],
    ['a look-up in another table', { ...lookUp, operation: 'find', object: 'sys_secret' }],
    ['what a person asks', { ...lookUp, operation: 'find', context: { userId: 'usr_1' } }],
  ])('is not %s', async (_what, operation) => {
    expect(await resultOf(operation, rows)).toEqual(rows);
  });
});

describe('at the start', () => {
  it('an engine whose look-ups pass the middleware is accepted', async () => {
    const verification = new Verification(async () => undefined);
    const find = async (object: string, { where }: { where: object }): Promise<Row[]> => {
      await verification.around({ object, operation: 'find', ast: { where }, context: SYSTEM }, async () => {});
      return [];
    };
    await expect(verification.prove({ find })).resolves.toBeUndefined();
  });

  it('an engine whose look-ups bypass the middleware is rejected', async () => {
    const verification = new Verification(async () => undefined);
    await expect(verification.prove({ find: async () => [] })).rejects.toThrow(/could not refuse inactive keys/);
  });
});

it.each([
  ['/api/v1/data/notes_note?x=1', 'DATA'],
  ['http://localhost:3000/api/v1/data/notes_note', 'DATA'],
  ['/api/v1/batch', 'DATA'],
  ['/api/v1/environments/e1/data/notes_note', 'DATA'],
  ['/api/v1/d%61ta/notes_note', 'DATA'],
  ['/api/v1/mcp', 'MCP'],
  ['/api/v1/graphql', 'GRAPHQL'],
  ['/api/v1/actions/notes_note/stamp', 'OTHER'],
  ['/api/v1', 'OTHER'],
  ['/other/v1/data/x', 'OTHER'],
  ['/api/v1/%ff', 'OTHER'],
])('a request for %s counts as %s', (url, via) => {
  expect(usedVia({ url }, '/api/v1')).toBe(via);
});
