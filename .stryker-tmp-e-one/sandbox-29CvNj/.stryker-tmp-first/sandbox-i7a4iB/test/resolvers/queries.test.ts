// @ts-nocheck
// 
import { describe, expect, it, vi } from 'vitest';
import { clientConfigurations } from '../../src/mcp/client-configuration.ts';
import type { DataEngine, EngineContext, Row } from '../../src/platform/engine.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { connection } from '../../src/resolvers/connection.ts';
import { findApiKey } from '../../src/resolvers/find-api-key.ts';
import { listApiKeys } from '../../src/resolvers/list-api-keys.ts';
import { viewer } from '../../src/resolvers/viewer.ts';
import { asker } from '../support/asker.ts';

/** Somebody who asks an engine that finds these rows. */
function reader(rows: Row[]) {
  const find = vi.fn<DataEngine['find']>(async () => rows);
  const contextOf = async (): Promise<EngineContext> => ({ userId: 'usr_1' });
  return { find, ...asker({ platform: { engine: { find }, contextOf, inTime: (read) => read() } }) };
}

describe('where an agent connects', () => {
  it('is the MCP endpoint, with the skill and the configuration of each client for it', async () => {
    const url = 'https://keys.example.test/mcp';
    const { context } = asker({ platform: { mcpEndpoint: async () => ({ url, skill: '# Skill' }) } });
    expect(await connection(context)).toEqual({ mcpUrl: url, skill: '# Skill', clients: clientConfigurations(url) });
  });

  it('is nowhere in a kernel without one', async () => {
    const { context } = asker({ platform: { mcpEndpoint: async () => undefined } });
    expect(await connection(context)).toBeUndefined();
  });
});

describe('the viewer', () => {
  it('is known without a question; their scopes are read when they are asked for', async () => {
    const permissionSetsOf = vi.fn<Platform['permissionSetsOf']>(async () => ['b', 'a', 'Not A Scope']);
    const who = viewer(asker({ platform: { permissionSetsOf } }).context);
    expect(who).toMatchObject({ id: 'usr_1', email: 'a@example.test', organizationId: 'org_1' });
    expect(permissionSetsOf).not.toHaveBeenCalled();
    expect(await who.scopes()).toEqual(['a', 'b']);
    expect(permissionSetsOf.mock.calls).toEqual([['usr_1', 'org_1']]);
  });
});

describe('a key by its id', () => {
  it("is one of the caller's own keys", async () => {
    const { context, find } = reader([{ id: 'key_1', name: 'CI' }]);
    expect(await findApiKey('key_1', context)).toMatchObject({ id: 'key_1', name: 'CI' });
    expect(find.mock.calls).toMatchObject([['sys_api_key', { where: { id: 'key_1', user_id: 'usr_1' } }]]);
  });

  it('is null if the caller has no such key', async () => {
    expect(await findApiKey('key_1', reader([]).context)).toBeNull();
  });
});

describe('a list of keys', () => {
  it('is the first page of all keys where null, or nothing, is said', async () => {
    const { context, find } = reader([]);
    await listApiKeys({}, context);
    await listApiKeys({ first: null, after: null, status: null }, context);
    const query = expect.objectContaining({ where: { user_id: 'usr_1' }, limit: 21 });
    expect(find.mock.calls).toEqual([
      ['sys_api_key', query],
      ['sys_api_key', query],
    ]);
  });

  it('is the page that was asked for', async () => {
    const { context, find } = reader([]);
    const place = ['2030-01-01T00:00:00.000Z', 'key_1'];
    const after = Buffer.from(JSON.stringify(place)).toString('base64url');
    await listApiKeys({ first: 5, after, status: 'REVOKED' }, context);
    await listApiKeys({ first: 0 }, context);
    expect(find.mock.calls.map(([, { limit }]) => limit)).toEqual([6, 1]);
    const [, query] = find.mock.calls[0] ?? expect.unreachable();
    expect(query.where).toMatchObject({
      $and: [{ user_id: 'usr_1' }, { $and: [{ revoked: { $ne: false } }, {}] }, { created_at: { $lte: place[0] } }],
    });
  });

  it('rejects an empty cursor, which is not the same as no cursor', async () => {
    const { context, find } = reader([]);
    await expect(listApiKeys({ after: '' }, context)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(find).not.toHaveBeenCalled();
  });
});
