import { describe, expect, it } from 'vitest';
import type { CheckedContext } from '../../../src/keys/access/narrowed-context.ts';
import { inOrganizationOf, keepToOrganization } from '../../../src/keys/access/owner-organization.ts';
import type { EngineContext, Row } from '../../../src/platform/engine.ts';
import type { EngineOperation } from '../../../src/platform/middleware.ts';

const HERE = { tenantId: 'here', onBehalfOf: { userId: 'ada', principalKind: 'human' } };
const ROWS: readonly Row[] = [
  { id: 1, organization_id: 'here', role: 'member' },
  { id: 2, organization_id: 'there', role: 'owner' },
  { id: 3, organization_id: null, role: 'guest' },
  { id: 4, role: 'guest' },
  { id: 5, organization_id: '', role: 'guest' },
];

/** What a look-up finds where the platform checks a request, and the context in which the engine is asked. */
async function lookUp(
  checked: CheckedContext,
  object: string,
  where: unknown,
  { rows = ROWS, ...more }: Partial<EngineOperation> & { rows?: readonly Row[] } = {},
): Promise<{ rows: unknown; context: EngineContext | undefined }> {
  const operation: EngineOperation = {
    operation: 'find',
    context: { isSystem: true },
    ast: { where },
    ...more,
    object,
  };
  let context: EngineContext | undefined;
  await inOrganizationOf(checked, () =>
    keepToOrganization(operation, async () => {
      context = operation.context;
      operation.result = rows.map((row) => Object.freeze({ ...row }));
    }),
  );
  return { rows: operation.result, context };
}

describe('the rights of the owner of a key with scopes', () => {
  it.each(['sys_user_position', 'sys_user_permission_set'])('are those of its organization: %s', async (object) => {
    const { rows } = await lookUp(HERE, object, { user_id: 'ada' });
    expect(rows).toEqual(ROWS.filter(({ id }) => id !== 2));
  });

  it('are those of their role there; of another organization, only that they are a member is known', async () => {
    const { rows } = await lookUp(HERE, 'sys_member', { user_id: 'ada' });
    expect(rows).toEqual(ROWS.map((row) => (row['id'] === 1 ? row : { ...row, role: null })));
  });

  it('are those of the positions of its organization, by their names', async () => {
    const where = { name: { $in: ['writer'] } };
    const asked = await lookUp(HERE, 'sys_position', where);
    expect(asked.context).toEqual({ isSystem: true, tenantId: 'here' });
    expect(asked.rows).toEqual(ROWS);
    expect((await lookUp(HERE, 'sys_position', { id: 'p' })).context).toEqual({ isSystem: true });
  });

  it.each<[string, CheckedContext, string, unknown, Partial<EngineOperation>]>([
    ['of somebody else', HERE, 'sys_user_permission_set', { user_id: 'bob' }, {}],
    ['by another column', HERE, 'sys_user_permission_set', { permission_set_id: 'ada' }, {}],
    ['with more conditions', HERE, 'sys_user_permission_set', { user_id: 'ada', organization_id: 'there' }, {}],
    ['without a condition', HERE, 'sys_user_permission_set', undefined, {}],
    ['of another object', HERE, 'sys_session', { user_id: 'ada' }, {}],
    ['of another object by name', HERE, 'sys_permission_set', { name: 'writer' }, {}],
    ['by somebody', HERE, 'sys_user_position', { user_id: 'ada' }, { context: { userId: 'ada' } }],
    ['without a context', HERE, 'sys_user_position', { user_id: 'ada' }, { context: undefined as never }],
    [
      'in an organization that it names',
      HERE,
      'sys_user_position',
      { user_id: 'ada' },
      { context: { isSystem: true, tenantId: 'there' } },
    ],
    ['of how many there are', HERE, 'sys_user_position', { user_id: 'ada' }, { operation: 'count' }],
    ['for a key of no organization', { onBehalfOf: HERE.onBehalfOf }, 'sys_user_position', { user_id: 'ada' }, {}],
    ['for nobody else', { tenantId: 'here', userId: 'ada' }, 'sys_user_position', { user_id: 'ada' }, {}],
  ])('a look-up %s is answered as it is', async (_name, checked, object, where, more) => {
    const { rows, context } = await lookUp(checked, object, where, more);
    expect(rows).toEqual(ROWS);
    expect(context).toEqual('context' in more ? more.context : { isSystem: true });
  });

  it('a key of no organization inside of another check is not bound by the organization of that', async () => {
    const { rows } = await inOrganizationOf(HERE, () =>
      lookUp({ onBehalfOf: HERE.onBehalfOf }, 'sys_user_position', { user_id: 'ada' }),
    );
    expect(rows).toEqual(ROWS);
  });

  it('the organization is forgotten after the check', async () => {
    await lookUp(HERE, 'sys_member', { user_id: 'ada' });
    expect((await lookUp({}, 'sys_member', { user_id: 'ada' })).rows).toEqual(ROWS);
  });
});
