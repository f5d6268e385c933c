import { describe, expect, it } from 'vitest';
import { type RequestScope, withinRequest } from '../../../src/http/request-scope.ts';
import { nameKeysInAudit } from '../../../src/keys/admission/audited-key.ts';
import { isClosedToKeys } from '../../../src/keys/admission/closed-to-keys.ts';
import { countUses } from '../../../src/keys/admission/count-uses.ts';
import { type AdmittedKey, currentKey, recordAdmittedKey } from '../../../src/keys/admission/current-key.ts';
import { governKeys } from '../../../src/keys/admission/govern.ts';
import { usedVia } from '../../../src/keys/admission/used-via.ts';
import type { EngineContext, HookContext, HookEngine, Row } from '../../../src/platform/engine.ts';
import type { EngineMiddleware, EngineOperation } from '../../../src/platform/middleware.ts';

const KEY: AdmittedKey = { id: 'k', prefix: 'osk_k', ownerId: 'ada', organizationId: 'org', scopes: [] };
const scope = (changes: Partial<RequestScope> = {}): RequestScope => ({
  id: 'the request',
  address: '192.0.2.1',
  url: '/api/v1/data/task',
  headers: new Headers(),
  ...changes,
});

/** Runs code in a request that a key was verified for. */
function withKey<T>(run: () => T, changes: Partial<RequestScope> = {}): T {
  return withinRequest(scope(changes), () => {
    expect(recordAdmittedKey(KEY)).toBe(true);
    return run();
  });
}

it('a request has one key at most, and code outside of a request has none', () => {
  expect(currentKey()).toBeUndefined();
  withKey(() => {
    expect(currentKey()).toBe(KEY);
    expect(recordAdmittedKey(KEY)).toBe(true);
    expect(recordAdmittedKey({ ...KEY, id: 'another' })).toBe(false);
    expect(currentKey()).toBe(KEY);
  });
  withinRequest(scope(), () => expect(currentKey()).toBeUndefined());
});

describe('a row of the audit trail', () => {
  let name: (context: HookContext) => void = () => expect.unreachable();
  const registerHook: HookEngine['registerHook'] = (_event, hook) => {
    name = hook;
  };
  nameKeysInAudit({ registerHook, hasHooksFor: () => false });
  const named = (row: Row): Row => {
    name({ input: { data: row } });
    return { ...row, metadata: row['metadata'] === undefined ? undefined : JSON.parse(String(row['metadata'])) };
  };
  const key = { api_key: 'k', api_key_prefix: 'osk_k', request_id: 'the request' };

  it('names the key, the request and the address', () => {
    expect(withKey(() => named({}))).toEqual({ ip_address: '192.0.2.1', metadata: key });
    expect(withKey(() => named({}), { address: undefined })).toEqual({ ip_address: null, metadata: key });
  });

  it('keeps what was there, and what it cannot read does not stop it', () => {
    const before = { ip_address: '198.51.100.1', metadata: '{"action":"create"}' };
    expect(withKey(() => named({ ...before }))).toEqual({ ...before, metadata: { action: 'create', ...key } });
    for (const metadata of ['{', 'null', '7', '"text"', 9, null]) {
      expect(withKey(() => named({ metadata }))['metadata']).toEqual(key);
    }
  });

  it('names none where there is none', () => {
    expect(named({})).toEqual({ metadata: undefined });
    withKey(() => name({}));
    expect(withinRequest(scope(), () => named({}))).toEqual({ metadata: undefined });
  });
});

describe('an operation of a key', () => {
  const ADA: EngineContext = { userId: 'ada' };

  async function counted(operation: Partial<EngineOperation>, next = async (): Promise<void> => undefined) {
    let middleware: EngineMiddleware = () => expect.unreachable();
    const noted: unknown[] = [];
    const registerMiddleware = (given: EngineMiddleware): void => {
      middleware = given;
    };
    countUses({ registerMiddleware }, { note: (...use: unknown[]) => void noted.push(use) });
    const run = async () => middleware({ object: 'task', operation: 'find', context: ADA, ...operation }, next);
    return { noted, run };
  }

  it.each([
    ['find', 'READ'],
    ['findOne', 'READ'],
    ['count', 'READ'],
    ['aggregate', 'READ'],
    ['insert', 'CREATE'],
    ['update', 'EDIT'],
    ['delete', 'DELETE'],
    ['something new', 'OTHER'],
  ])('is counted: %s as %s', async (operation, as) => {
    const { noted, run } = await counted({ operation: operation as EngineOperation['operation'] });
    await withKey(run);
    expect(noted).toEqual([['k', 'task', as]]);
  });

  it('is not counted where it was rejected, was done by the system or for nobody, or without a key', async () => {
    const rejected = await counted({}, () => Promise.reject(new Error('denied')));
    await expect(withKey(rejected.run)).rejects.toThrow('denied');
    expect(rejected.noted).toEqual([]);
    for (const context of [{ isSystem: true, userId: 'ada' }, {}]) {
      const { noted, run } = await counted({ context });
      await withKey(run);
      expect(noted).toEqual([]);
    }
    const nobody = await counted({});
    // As an engine without a context does.
    await withKey(async () => (await counted({ context: undefined as never })).run());
    await nobody.run();
    expect(nobody.noted).toEqual([]);
  });
});

describe('the rules for keys', () => {
  it('stand in front of every object, and verification in front of the table of keys', async () => {
    const registered: [EngineMiddleware, { object: string } | undefined][] = [];
    const row = { id: 'k', key: 'the hash', revoked: false, scopes: '["data:read"]' };
    const engine = {
      registerMiddleware: (middleware: EngineMiddleware, options?: { object: string }) =>
        void registered.push([middleware, options]),
      getObject: () => undefined,
    };
    let admits = true;
    const prove = governKeys(engine, { admit: async () => (admits ? { key: KEY, email: '' } : undefined) });
    expect(registered.map(([, options]) => options)).toEqual([undefined, { object: 'sys_api_key' }]);
    const [closed, verification] = registered.map(([middleware]) => middleware) as [EngineMiddleware, EngineMiddleware];
    const write = { object: 'sys_api_key', operation: 'update', data: {} } as const;
    const carries = scope({ headers: new Headers({ 'x-api-key': 'osk_A' }) });
    await expect(withinRequest(carries, async () => closed(write, async () => undefined))).rejects.toThrow(/denied/);

    // The platform looks a key up by its hash: it gets the row without its scopes, or none.
    const lookUp = async () => {
      const operation: EngineOperation = {
        object: 'sys_api_key',
        operation: 'find',
        ast: { where: { key: 'the hash', revoked: false }, limit: 1 },
        context: { isSystem: true },
      };
      await verification(operation, async () => {
        operation.result = [{ ...row }];
      });
      return operation.result as Row[];
    };
    expect((await lookUp()).map(({ id, scopes }) => [id, scopes])).toEqual([['k', '[]']]);
    admits = false;
    expect(await lookUp()).toEqual([]);
    await expect(prove()).rejects.toThrow();
  });

  it('say what is closed to a key whose owner may do everything', () => {
    const objects: Record<string, object> = {
      sys_team: { isSystem: true },
      sys_comment: { isSystem: true },
      sys_log: { isSystem: true, managedBy: 'append-only' },
      sys_session: { isSystem: true, managedBy: 'better-auth' },
      task: {},
    };
    const declarations = { getObject: (name: string) => objects[name] };
    const closed = (object: string, operation: EngineOperation['operation']) =>
      isClosedToKeys({ object, operation }, declarations);
    expect(Object.keys(objects).map((object) => closed(object, 'update'))).toEqual([true, false, false, true, false]);
    expect(Object.keys(objects).map((object) => closed(object, 'find'))).toEqual([false, false, false, true, false]);
    expect([closed('sys_api_key', 'insert'), closed('sys_api_key_policy', 'delete')]).toEqual([true, true]);
    expect([closed('unknown', 'update'), closed('sys_api_key', 'find')]).toEqual([false, false]);
  });
});

it('a use is named after the route, also below an environment and in a path that cannot be decoded', () => {
  const via = (url: string) => usedVia({ url }, '/api/v1');
  expect(via('/api/v1/data/task')).toBe('DATA');
  expect(via('https://example.test/api/v1/batch')).toBe('DATA');
  expect(via('/api/v1/environments/e1/mcp')).toBe('MCP');
  expect(via('/api/v1/graphql?x=1')).toBe('GRAPHQL');
  expect(['/api/v1', '/api/v1/', '/api/v1/auth', '/other/api/v1/data', '/api/v1/%'].map(via)).toEqual(
    Array(5).fill('OTHER'),
  );
});
