import { describe, expect, it } from 'vitest';
import { availableScopes } from '../../../src/keys/access/available-scopes.ts';
import { AccessPreview, isPreviewing, type PreviewParts } from '../../../src/keys/access/preview.ts';
import { ScopeComparison } from '../../../src/keys/access/scope-comparison.ts';
import type { Row } from '../../../src/platform/engine.ts';
import type { Platform } from '../../../src/platform/platform.ts';

const ADA = { userId: 'ada', organizationId: 'org' };
const OWNER = { isSystem: false, userId: 'ada', positions: ['p'], permissions: ['held'], systemPermissions: ['s'] };

/** A platform on which `ada` holds these sets. */
function platformOf(held: readonly string[], rows: readonly Row[] = []): Platform {
  return {
    permissionSetsOf: async () => held,
    contextOf: async () => OWNER,
    inTime: <T>(read: () => Promise<T>) => read(),
    engine: { find: async () => rows },
  } as unknown as Platform;
}

describe('the scopes that somebody may put on a key', () => {
  const CAPABILITIES = ['data:read', 'data:write', 'actions:execute'];

  it('are the capabilities for everybody, with words for a form', async () => {
    const scopes = await availableScopes(platformOf([]), ADA);
    expect(scopes.map(({ name, kind }) => [name, kind])).toEqual(CAPABILITIES.map((name) => [name, 'CAPABILITY']));
    for (const { label, description = '' } of scopes) {
      expect(label).toMatch(/^[A-Z][a-z ]+$/);
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('are the permission sets that they hold, after those, in the words of the platform where it has some', async () => {
    const rows = [
      { name: 'sales', label: 'Sales', description: 'Sells.' },
      { name: 'bare', label: '', description: null },
    ];
    const scopes = await availableScopes(platformOf(['sales', 'bare', 'unknown', 'Not A Scope'], rows), ADA);
    expect(scopes.slice(CAPABILITIES.length)).toEqual([
      { name: 'bare', kind: 'PERMISSION_SET', label: 'bare', description: undefined },
      { name: 'sales', kind: 'PERMISSION_SET', label: 'Sales', description: 'Sells.' },
      { name: 'unknown', kind: 'PERMISSION_SET', label: 'unknown', description: undefined },
    ]);
  });
});

describe('the words for permission sets', () => {
  it('are looked up for those that are held, elevated, and only where there are any', async () => {
    const asked: unknown[] = [];
    const engine = {
      find: async (...given: unknown[]) => {
        asked.push(given);
        return [];
      },
    };
    await availableScopes(Object.assign(platformOf([]), { engine }), ADA);
    expect(asked).toEqual([]);
    await availableScopes(Object.assign(platformOf(['sales']), { engine }), ADA);
    const query = { where: { name: { $in: ['sales'] } }, limit: 1000, context: { isSystem: true } };
    expect(asked).toEqual([['sys_permission_set', query]]);
  });
});

describe('the preview', () => {
  const asked: unknown[] = [];
  const parts: PreviewParts = {
    security: {
      explain: async ({ object, operation }, context) => {
        asked.push(context);
        return { allowed: object === 'note' && operation !== 'delete', layers: [] };
      },
    },
    objectNames: () => ['tag', 'note', 'credential'],
    isClosedToKeys: (object, operation) => object === 'credential' || operation === 'update',
  };
  const of = (scopes: readonly string[], object?: string, changes: Partial<PreviewParts> = {}, held = ['held']) =>
    new AccessPreview(platformOf(held), { ...parts, ...changes }).of(ADA, scopes, object);
  const NOTHING = { read: false, create: false, edit: false, delete: false };

  it('asks in the context of a key with these scopes, and leaves out what is closed to keys', async () => {
    asked.length = 0;
    expect(await of(['held'])).toEqual([{ ...NOTHING, object: 'note', read: true, create: true }]);
    expect(asked.length).toBeGreaterThan(0);
    for (const context of asked) {
      expect(context).toMatchObject({ principalKind: 'agent', positions: [], onBehalfOf: { userId: 'ada' } });
      expect((context as { permissions: string[] }).permissions).toContain('held');
    }
  });

  it('is known as one to what it asks, and to nothing else', async () => {
    const seen: boolean[] = [];
    const explain = async () => {
      seen.push(isPreviewing());
      return { allowed: true, layers: [] };
    };
    const preview = of(['data:read'], 'note', { security: { explain } });
    expect(isPreviewing()).toBe(false);
    await preview;
    expect(new Set(seen)).toEqual(new Set([true]));
    expect(isPreviewing()).toBe(false);
  });

  it('answers for the object that is asked for, whatever the key could do with it', async () => {
    expect(await of(['data:read'], 'tag')).toEqual([{ ...NOTHING, object: 'tag' }]);
    expect(await of(['data:read'], 'credential')).toEqual([{ ...NOTHING, object: 'credential' }]);
  });

  it('sorts by the name of the object', async () => {
    const security = { explain: async () => ({ allowed: true, layers: [] }) };
    const all = await of(['data:read'], undefined, { security, isClosedToKeys: () => false });
    expect(all.map(({ object }) => object)).toEqual(['credential', 'note', 'tag']);
  });

  it('is nothing in a kernel that checks no permissions', async () => {
    expect(await of(['data:read'], undefined, { security: undefined })).toEqual([]);
  });

  it('is refused for a set that is not held, as a key with it would be', async () => {
    await expect(of(['held', 'other'])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(of(['data:read', 'other'], undefined, {}, [])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(of([])).rejects.toThrow('a key without scopes is held to nothing');
  });

  it('asks nobody for the sets that are held where there are capabilities alone', async () => {
    const platform: Platform = Object.assign(platformOf([]), { permissionSetsOf: () => expect.unreachable() });
    const preview = new AccessPreview(platform, parts).of(ADA, ['data:read', 'actions:execute'], 'note');
    expect(await preview).toEqual([{ ...NOTHING, object: 'note', read: true, create: true }]);
  });
});

describe('the comparison of scopes', () => {
  const rule = { object: 'note', operation: 'all', using: 'x == 1' };
  const sets: Readonly<Record<string, object>> = {
    free: { objects: { note: { allowRead: true } } },
    ruled: { objects: { note: { allowRead: true } }, rowLevelSecurity: [rule] },
  };
  const comparison = new ScopeComparison(platformOf([]), {
    resolvePermissionSetsForContext: async (context) => {
      expect(context).toMatchObject({ principalKind: 'agent', onBehalfOf: { userId: 'ada' } });
      return (context.permissions ?? []).flatMap((name) => sets[name] ?? []);
    },
  });

  it('asks the platform what the sets say', async () => {
    expect(await comparison.keepsLimits(ADA, ['ruled'], ['ruled', 'free'])).toBe(true);
    expect(await comparison.keepsLimits(ADA, ['free'], ['ruled', 'free'])).toBe(false);
  });

  it('says no where nobody can say', async () => {
    expect(await new ScopeComparison(platformOf([]), undefined).keepsLimits(ADA, ['a'], ['a', 'b'])).toBe(false);
    await expect(comparison.keepsLimits(ADA, [], ['ruled'])).rejects.toThrow('a key without scopes has no limits');
  });
});
