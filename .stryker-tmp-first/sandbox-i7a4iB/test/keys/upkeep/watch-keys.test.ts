// @ts-nocheck
import { expect, it } from 'vitest';
import { KeyWatch } from '../../../src/keys/upkeep/watch-keys.ts';
import type { KeyEvent } from '../../../src/observability/events.ts';
import type { DataEngine, Row, SqlDriver } from '../../../src/platform/engine.ts';

const NOW = Date.parse('2030-06-01T00:00:00Z');
const EXPIRED: Row = {
  id: 'k',
  name: 'a key',
  prefix: 'osk_k',
  user_id: 'ada',
  active_organization_id: 'org_a',
  created_at: '2030-01-01T00:00:00.000Z',
  expires_at: '2030-05-31T00:00:00.000Z',
  revoked: false,
};

it('an event that the audit trail could not take is published the next time, and then once', async () => {
  const marks = new Set<string>();
  const trail: Row[] = [];
  const published: KeyEvent[] = [];
  let isDown = true;
  const driver: SqlDriver = {
    isSqlite: true,
    isPostgres: false,
    async execute(statement, parameters = []) {
      const [id = ''] = parameters.map(String);
      if (statement.startsWith('DELETE')) return marks.delete(id) ? [{ id }] : [];
      if (marks.has(id)) return [];
      marks.add(id);
      return [{ id }];
    },
  };
  const engine = {
    getObject: () => ({ fields: {} }),
    find: async (_object: string, { where }: { where: object }) =>
      JSON.stringify(where).includes('expires_at":{"$gt":"2030-05-25') ? [EXPIRED] : [],
    async insert(_object: string, rows: Row[]) {
      if (isDown) throw new Error('down');
      trail.push(...rows);
      return rows;
    },
  } as unknown as DataEngine;
  const watch = new KeyWatch({
    engine,
    driver,
    standing: { statusOf: async () => 'EXPIRED' },
    detailOf: async () => ({ restoredAt: undefined }),
    events: { changed: (_origin, event) => void published.push(event) },
    reminds: true,
  });
  await expect(watch.run(NOW)).rejects.toThrow('down');
  expect([published, trail, [...marks]]).toEqual([[], [], []]);
  isDown = false;
  await watch.run(NOW);
  await watch.run(NOW);
  expect(published.map(({ action, keyId }) => [action, keyId])).toEqual([['expired', 'k']]);
  expect(trail).toMatchObject([{ action: 'update', record_id: 'k', user_id: null, tenant_id: 'org_a' }]);
});
