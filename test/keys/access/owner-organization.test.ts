import { describe, expect, it } from 'vitest';
import type { CheckedContext } from '../../../src/keys/access/narrowed-context.ts';
import {
  inOrganizationOf,
  keepToOrganization,
  type LookUpEngine,
  shortenOwnerLookUps,
} from '../../../src/keys/access/owner-organization.ts';
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

  it('are those of its organization whatever else is asked', async () => {
    const { rows } = await lookUp(HERE, 'sys_user_position', { user_id: 'ada', active: true });
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
    ['of one organization', HERE, 'sys_user_permission_set', { user_id: 'ada', organization_id: 'there' }, {}],
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

describe('a look-up of the rights of an owner', () => {
  const SYSTEM = { isSystem: true };

  /** An engine, and the shared reads of one request, which know the answer to nothing but who a person is. */
  function engine({ isShared = true } = {}) {
    const asked: unknown[] = [];
    const answers = new Map<string, Promise<Row[]>>();
    const answer = (operation: string) => async (object: string, query?: object, options?: object) => {
      asked.push([operation, object, query, ...(options === undefined ? [] : [options])]);
      const rows = ROWS.map((row) => ({ ...row }));
      return operation === 'find' ? rows : object === 'sys_user' ? rows[0] : null;
    };
    const given: LookUpEngine = { find: answer('find'), findOne: answer('findOne') };
    shortenOwnerLookUps(given, {
      recall: (_object, question, ask) => {
        if (!isShared) return undefined;
        const known = answers.get(question) ?? ask();
        answers.set(question, known);
        return known;
      },
      around: async (operation, next) => {
        if (operation.object !== 'sys_member') return next();
        operation.result = [{ id: 'shared', organization_id: 'there', role: 'owner' }];
      },
    });
    return { given, asked };
  }

  const query = { where: { user_id: 'ada' }, limit: 200, context: SYSTEM };

  it('is answered once in a request, with the rights of the organization', async () => {
    const { given, asked } = engine();
    const look = () => inOrganizationOf(HERE, () => given.find('sys_user_position', query));
    const [first, second] = [await look(), await look()];
    expect(first).toEqual(ROWS.filter(({ id }) => id !== 2));
    expect(second).toEqual(first);
    // Nobody changes what the other one was given.
    expect(second).not.toBe(first);
    expect(() => Object.assign((second as Row[])[0] ?? {}, { role: 'owner' })).toThrow(TypeError);
    expect(asked).toEqual([['find', 'sys_user_position', query]]);
  });

  it('is answered by the shared reads where they know, and is bound to the organization all the same', async () => {
    const { given, asked } = engine();
    const found = await inOrganizationOf(HERE, () => given.find('sys_member', query));
    expect(found).toEqual([{ id: 'shared', organization_id: 'there', role: null }]);
    expect(asked).toEqual([]);
  });

  it('asks the engine for the positions of the organization', async () => {
    const { given, asked } = engine();
    const where = { name: { $in: ['writer'] } };
    await inOrganizationOf(HERE, () => given.find('sys_position', { where, context: SYSTEM }));
    expect(asked).toEqual([['find', 'sys_position', { where, context: { isSystem: true, tenantId: 'here' } }]]);
  });

  it('finds one row or none', async () => {
    const { given } = engine();
    const where = { id: 'ada' };
    const find = (object: string) => inOrganizationOf(HERE, () => given.findOne(object, { where, context: SYSTEM }));
    expect(await find('sys_user')).toEqual(ROWS[0]);
    expect(await find('sys_permission_set')).toBeNull();
  });

  it.each<[string, object, object]>([
    ['of others', query, { ...query, where: { user_id: 'bob' } }],
    ['of another organization', query, { ...query, context: { ...SYSTEM, tenantId: 'there' } }],
    ['of fewer', query, { ...query, limit: 1 }],
  ])('has an answer of its own when it is one %s', async (_name, one, other) => {
    const { given, asked } = engine();
    for (const each of [one, other]) await inOrganizationOf(HERE, () => given.find('sys_user_position', each));
    expect(asked).toHaveLength(2);
  });

  it('has an answer of its own for another owner, and for another organization of theirs', async () => {
    const { given, asked } = engine();
    const bob = { tenantId: 'here', onBehalfOf: { userId: 'bob', principalKind: 'human' } };
    for (const checked of [HERE, bob, { ...HERE, tenantId: 'there' }]) {
      await inOrganizationOf(checked, () => given.find('sys_user_position', query));
    }
    expect(asked).toHaveLength(3);
  });

  it('takes the context from the options, too', async () => {
    const { given, asked } = engine();
    const context = { isSystem: true, tenantId: 'here' };
    const look = () =>
      inOrganizationOf(HERE, () => given.find('sys_permission_set', { where: { name: 'a' } }, { context }));
    await look();
    await look();
    expect(asked).toEqual([['find', 'sys_permission_set', { where: { name: 'a' }, context }]]);
  });

  it.each<[string, CheckedContext, string, object | undefined, object | undefined]>([
    ['is of something else', HERE, 'sys_session', query, undefined],
    ['is made by somebody', HERE, 'sys_user_position', { ...query, context: { userId: 'ada' } }, undefined],
    [
      'is part of a transaction',
      HERE,
      'sys_user_position',
      { ...query, context: { ...SYSTEM, transaction: {} } },
      undefined,
    ],
    ['has no context', HERE, 'sys_user_position', { where: {} }, undefined],
    ['has no conditions', HERE, 'sys_user_position', undefined, undefined],
    ['is of no check', {}, 'sys_user_position', query, undefined],
  ])('is left to the engine when it %s', async (_name, checked, object, given, options) => {
    const { given: it, asked } = engine();
    const look = () => inOrganizationOf(checked, () => it.find(object, given, options));
    expect(await look()).toEqual(ROWS);
    await look();
    expect(asked).toEqual([
      ['find', object, given],
      ['find', object, given],
    ]);
  });

  it('is left to the engine where nothing is shared', async () => {
    const { given, asked } = engine({ isShared: false });
    const look = () => inOrganizationOf(HERE, () => given.find('sys_user_position', query));
    await look();
    await look();
    expect(asked).toHaveLength(2);
  });
});
