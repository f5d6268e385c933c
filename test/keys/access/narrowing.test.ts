import { describe, expect, it } from 'vitest';
import { toolFamilies } from '../../../src/keys/access/mcp-tools.ts';
import { type CheckedContext, isCheckedContext, narrow } from '../../../src/keys/access/narrowed-context.ts';
import { type McpOptions, Narrowing, type SecurityService } from '../../../src/keys/access/narrowing.ts';
import { keepToOrganization } from '../../../src/keys/access/owner-organization.ts';
import type { AdmittedKey } from '../../../src/keys/admission/current-key.ts';
import { ceilingOf } from '../../../src/keys/record/ceiling.ts';
import type { EngineMiddleware, EngineOperation } from '../../../src/platform/middleware.ts';

const CONTEXT = {
  isSystem: false,
  userId: 'ada',
  tenantId: 'org',
  positions: ['boss'],
  permissions: ['everything'],
  systemPermissions: ['manage_users'],
} satisfies CheckedContext;

function keyWith(scopes: AdmittedKey['scopes']): AdmittedKey {
  return { id: 'k', prefix: 'osk_k', ownerId: 'ada', organizationId: 'org', scopes };
}

/** What the engine's middleware makes of a context while a key is used. */
function engineWith(keyOf: () => AdmittedKey | undefined) {
  let middleware: EngineMiddleware = () => expect.unreachable();
  const narrowing = new Narrowing(keyOf);
  narrowing.ofEngine({
    registerMiddleware: (given) => {
      middleware = given;
    },
  });
  const run = async (context?: CheckedContext): Promise<unknown> => {
    const operation: EngineOperation = { object: 'note', operation: 'find', ...(context && { context }) };
    let seen: unknown = 'not asked';
    await middleware(operation, async () => {
      seen = operation.context;
    });
    return seen;
  };
  return { run, narrowing };
}

const READ_ONLY = {
  ...CONTEXT,
  principalKind: 'agent',
  positions: [],
  permissions: ['mcp_agent_data_read', 'mcp_agent_restricted'],
  systemPermissions: [],
  onBehalfOf: { userId: 'ada', principalKind: 'human' },
};

describe('an operation of the engine', () => {
  it.each<[string, AdmittedKey | undefined]>([
    ['without a key', undefined],
    ['with a key without scopes', keyWith([])],
  ])('%s keeps its context', async (_name, key) => {
    expect(await engineWith(() => key).run(CONTEXT)).toBe(CONTEXT);
  });

  it('with a key with scopes is on behalf of its owner, with what the scopes allow and nothing else', async () => {
    expect(await engineWith(() => keyWith(['data:read'])).run(CONTEXT)).toEqual(READ_ONLY);
  });

  it('with a key whose scopes cannot be read is allowed nothing', async () => {
    expect(await engineWith(() => keyWith('unreadable')).run(CONTEXT)).toEqual({
      ...READ_ONLY,
      permissions: ['mcp_agent_restricted'],
    });
  });

  it('without a context has none', async () => {
    expect(await engineWith(() => keyWith(['data:read'])).run()).toBeUndefined();
  });

  it.each<[string, CheckedContext]>([
    ['of the system', { ...CONTEXT, isSystem: true }],
    ['of nobody', { isSystem: false, positions: [] }],
  ])('%s keeps its context', async (_name, context) => {
    expect(await engineWith(() => keyWith(['data:read'])).run(context)).toBe(context);
  });

  it('is narrowed once, since the platform remembers by the context', async () => {
    const key = keyWith(['data:read']);
    const { run } = engineWith(() => key);
    const narrowed = await run(CONTEXT);
    expect(await run(CONTEXT)).toBe(narrowed);
    expect(await run(narrowed as CheckedContext)).toBe(narrowed);
  });

  it('of another key with the same context is narrowed by the scopes of that one', async () => {
    let key = keyWith(['data:read']);
    const { run } = engineWith(() => key);
    await run(CONTEXT);
    key = keyWith(['data:write']);
    expect(await run(CONTEXT)).toMatchObject({ permissions: ['mcp_agent_data_write', 'mcp_agent_restricted'] });
  });

  it('is checked with the rights of the organization', async () => {
    const { narrowing } = engineWith(() => undefined);
    let rows: unknown;
    const registered: EngineMiddleware[] = [];
    narrowing.ofEngine({ registerMiddleware: (given) => registered.push(given) });
    const operation: EngineOperation = { object: 'note', operation: 'find', context: READ_ONLY };
    await registered[0]?.(operation, async () => {
      const ast = { where: { user_id: 'ada' } };
      const asked: EngineOperation = {
        object: 'sys_user_position',
        operation: 'find',
        ast,
        context: { isSystem: true },
      };
      await keepToOrganization(asked, async () => {
        asked.result = [{ organization_id: 'org' }, { organization_id: 'other' }];
      });
      rows = asked.result;
    });
    expect(rows).toEqual([{ organization_id: 'org' }]);
  });
});

describe('the context of a key', () => {
  it('has the system permissions of its owner if it may run actions', () => {
    const ceiling = ceilingOf(['actions:execute']) ?? expect.unreachable();
    expect(narrow(CONTEXT, ceiling).systemPermissions).toEqual(['manage_users']);
    expect(narrow({ ...CONTEXT, systemPermissions: undefined as never }, ceiling).systemPermissions).toEqual([]);
  });

  it.each<[unknown, boolean]>([
    [CONTEXT, true],
    [{ isSystem: true, positions: [] }, true],
    [{ isSystem: true }, false],
    [{ positions: [] }, false],
    ['isSystem', false],
    [null, false],
    [undefined, false],
  ])('is told from other values: %j', (value, expected) => {
    expect(isCheckedContext(value)).toBe(expected);
  });
});

describe('the security service', () => {
  it('is asked with the narrowed context, by whichever function, wherever it stands', async () => {
    const service: SecurityService = {
      version: 17,
      resolvePermissionSetsForContext: async () => [],
      async canExport(this: unknown, ...given: unknown[]) {
        return [this === service, ...given];
      },
    };
    const { narrowing } = engineWith(() => keyWith(['data:read']));
    narrowing.ofSecurity(service);
    const ask = service['canExport'] as (...given: unknown[]) => Promise<unknown>;
    expect(await ask('note', CONTEXT, 7)).toEqual([true, 'note', READ_ONLY, 7]);
    expect(await ask('note')).toEqual([true, 'note']);
    expect(service['version']).toBe(17);
  });

  it('is asked in the organization of the context', async () => {
    const service: SecurityService = {
      resolvePermissionSetsForContext: async () => [],
      async explain() {
        const asked: EngineOperation = {
          object: 'sys_user_position',
          operation: 'find',
          ast: { where: { user_id: 'ada' } },
          context: { isSystem: true },
        };
        await keepToOrganization(asked, async () => {
          asked.result = [{ organization_id: 'other' }];
        });
        return asked.result;
      },
    };
    // In a preview, which no key asks for, the context has been narrowed already.
    engineWith(() => undefined).narrowing.ofSecurity(service);
    expect(await (service['explain'] as (context: object) => Promise<unknown>)(READ_ONLY)).toEqual([]);
    expect(await (service['explain'] as (context: object) => Promise<unknown>)(CONTEXT)).toHaveLength(1);
  });
});

describe('the tools of an agent', () => {
  async function toolsOf(key: AdmittedKey | undefined, options?: McpOptions): Promise<unknown> {
    let seen: unknown;
    const server = {
      handleHttpRequest: async (_request: Request, given?: McpOptions) => {
        seen = given;
        return new Response();
      },
    };
    const asked: CheckedContext[] = [];
    const security: SecurityService = {
      async resolvePermissionSetsForContext(context) {
        asked.push(context);
        return [{ objects: { note: { allowRead: true } } }];
      },
    };
    engineWith(() => key).narrowing.ofMcp(server, security);
    await server.handleHttpRequest(new Request('http://localhost/'), options);
    for (const context of asked) {
      expect(context).toEqual({
        isSystem: false,
        principalKind: 'agent',
        positions: [],
        permissions: ['mcp_agent_data_read', 'mcp_agent_restricted'],
      });
    }
    return seen;
  }

  it('are left alone for a key without scopes', async () => {
    const options: McpOptions = { toolOptions: { grantedScopes: ['data:write'] } };
    expect(await toolsOf(keyWith([]), options)).toBe(options);
    expect(await toolsOf(undefined)).toBeUndefined();
  });

  it('are those that the scopes allow, and other options stay', async () => {
    expect(await toolsOf(keyWith(['data:read']))).toEqual({ toolOptions: { grantedScopes: ['data:read'] } });
    const bridge = {};
    expect(await toolsOf(keyWith(['data:read']), { bridge })).toEqual({
      bridge,
      toolOptions: { grantedScopes: ['data:read'] },
    });
  });

  it.each<[string, readonly string[], Record<string, Record<string, unknown>>, string[]]>([
    ['no rights', [], {}, []],
    ['rights that say no', [], { a: { allowRead: false, allowEdit: 'yes' } }, []],
    ['reading', [], { a: { allowRead: true } }, ['data:read']],
    ['reading everything', [], { a: {}, b: { viewAllRecords: true } }, ['data:read']],
    ['creating', [], { a: { allowCreate: true } }, ['data:read', 'data:write']],
    ['editing', [], { a: { allowEdit: true } }, ['data:read', 'data:write']],
    ['deleting', [], { a: { allowDelete: true } }, ['data:read', 'data:write']],
    ['changing everything', [], { a: { modifyAllRecords: true } }, ['data:read', 'data:write']],
    ['actions', ['actions:execute'], {}, ['actions:execute']],
  ])('with %s', (_name, scopes, objects, families) => {
    const ceiling = { permissionSets: [], actions: scopes.length > 0 };
    expect(toolFamilies(ceiling, [{}, { objects }])).toEqual(families);
  });
});
