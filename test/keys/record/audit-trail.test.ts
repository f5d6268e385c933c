import { describe, expect, it } from 'vitest';
import { AuditTrail } from '../../../src/keys/record/audit-trail.ts';
import type { KeyChange } from '../../../src/keys/record/change-scope.ts';
import type { HookContext, Row } from '../../../src/platform/engine.ts';

const change: KeyChange = {
  keyId: 'k1',
  prefix: 'osk_k1',
  action: 'create',
  requestId: 'request 1',
  address: '192.0.2.1',
};

/** A trail in an engine, and the hooks that it has put there. */
function trailOf(isRecorded = true) {
  const hooks = new Map<string, (context: HookContext) => void>();
  const asked: unknown[] = [];
  const trail = new AuditTrail({
    hasHooksFor(event, object) {
      asked.push([event, object]);
      return isRecorded;
    },
    registerHook(event, handler, options) {
      asked.push([event, options]);
      hooks.set(event, handler);
    },
  });
  const run = (event: string, context: HookContext): HookContext => {
    hooks.get(event)?.(context);
    return context;
  };
  /** What becomes of a row that is recorded. */
  const record = (row: Row): Row => {
    run('beforeInsert', { input: { data: row } });
    return row;
  };
  return { trail, asked, run, record };
}

const row = (changes: Row = {}): Row => ({ object_name: 'sys_api_key', record_id: 'k1', ...changes });
const completed = {
  ...row(),
  ip_address: '192.0.2.1',
  metadata: JSON.stringify({ action: 'create', prefix: 'osk_k1', request_id: 'request 1' }),
};

it('the trail comes before other plugins, and asks first whether there are any', () => {
  expect(trailOf().asked).toEqual([
    ['afterInsert', 'sys_api_key'],
    ['afterInsert', { object: 'sys_api_key', priority: 0 }],
    ['beforeInsert', { object: 'sys_audit_log', priority: 0 }],
  ]);
});

describe('a row that is recorded', () => {
  it('about a key while it is written says what was done, by which request and from where', async () => {
    const { trail, record } = trailOf();
    expect(await trail.during([change], async () => record(row()))).toEqual(completed);
  });

  it('is completed for each key that is written', async () => {
    const { trail, record } = trailOf();
    const both = await trail.during([change, { ...change, keyId: 'k2', prefix: 'osk_k2' }], async () =>
      [record(row()), record(row({ record_id: 'k2' }))].map(({ metadata }) => JSON.parse(String(metadata)).prefix),
    );
    expect(both).toEqual(['osk_k1', 'osk_k2']);
  });

  it('without an address has none', async () => {
    const { trail, record } = trailOf();
    const recorded = await trail.during([{ ...change, address: undefined }], async () => record(row()));
    expect(recorded['ip_address']).toBeNull();
  });

  it('keeps what it says already', async () => {
    const { trail, record } = trailOf();
    const said = row({ ip_address: '198.51.100.7', metadata: '{}' });
    expect(await trail.during([change], async () => record({ ...said }))).toEqual(said);
  });

  it.each([
    ['another key', row({ record_id: 'k2' })],
    ['a record of another object', row({ object_name: 'sys_user' })],
  ])('about %s is left as it is', async (_case, other) => {
    const { trail, record } = trailOf();
    expect(await trail.during([change], async () => record({ ...other }))).toEqual(other);
  });

  it('before and after the write is left as it is, also after one that failed', async () => {
    const { trail, record } = trailOf();
    expect(record(row())).toEqual(row());
    await trail.during([change], async () => undefined);
    expect(record(row())).toEqual(row());
    await expect(trail.during([change], () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(record(row())).toEqual(row());
  });

  it('may lack everything', async () => {
    const { trail, run } = trailOf();
    await trail.during([change], async () => {
      expect(run('beforeInsert', {})).toEqual({});
      expect(run('beforeInsert', { input: {} })).toEqual({ input: {} });
    });
  });
});

describe('what other plugins are shown of a new key', () => {
  it('lacks the hash, and the row itself keeps it', () => {
    const result = { id: 'k1', key: 'the hash', name: 'x' };
    expect(trailOf().run('afterInsert', { result }).result).toEqual({ id: 'k1', name: 'x' });
    expect(result.key).toBe('the hash');
  });

  it.each([[undefined], [null], ['text']])('is left as it is when it is no row: %o', (result) => {
    expect(trailOf().run('afterInsert', { result })).toEqual({ result });
  });
});
