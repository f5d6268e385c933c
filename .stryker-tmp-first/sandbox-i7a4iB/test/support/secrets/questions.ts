// @ts-nocheck
import fc from 'fast-check';

/** A secret of one row in two databases, and what else there is to ask about in its table. */
export interface Secret {
  readonly object: string;
  readonly field: string;
  readonly id: string;
  readonly values: readonly [string, string];
  readonly open: readonly string[];
}

export const SECRETS: readonly Secret[] = [
  {
    object: 'sys_session',
    field: 'token',
    id: 'decoy',
    values: ['Aa-left', 'Zz-right'],
    open: ['id', 'user_agent', 'expires_at'],
  },
  {
    object: 'sys_account',
    field: 'password',
    id: 'decoy',
    values: ['Aa-left', 'Zz-right'],
    open: ['id', 'provider_id', 'scope'],
  },
  { object: 'sys_api_key', field: 'key', id: 'decoy', values: ['0a-left', 'fz-right'], open: ['id', 'name', 'prefix'] },
  {
    object: 'vault_entry',
    field: 'pin',
    id: 'decoy',
    values: ['Aa-left', 'Zz-right'],
    open: ['id', 'title', 'first_of_pin'],
  },
  {
    object: 'vault_entry',
    field: 'phrase',
    id: 'decoy',
    values: ['Aa-left', 'Zz-right'],
    open: ['id', 'title', 'note'],
  },
];

export interface Question {
  readonly secret: Secret;
  readonly operation: 'find' | 'findOne' | 'count' | 'aggregate';
  readonly query: Record<string, unknown>;
}

const value = (secret: Secret): fc.Arbitrary<string> => fc.constantFrom(...secret.values, 'M', '5', 'a', '%');
const name = (secret: Secret): fc.Arbitrary<string> => {
  const spelled = [secret.field, secret.field, secret.field.toUpperCase(), `${secret.object}.${secret.field}`];
  return fc.constantFrom(...spelled, ...secret.open);
};

function condition(secret: Secret): fc.Arbitrary<Record<string, unknown>> {
  const operator = fc.constantFrom(
    '$eq',
    '$ne',
    '$gt',
    '$gte',
    '$lt',
    '$lte',
    '$contains',
    '$startsWith',
    '$icontains',
    '$like',
  );
  const compared = fc.oneof(value(secret), fc.record({ $field: name(secret) }));
  const comparison = fc.oneof(
    value(secret),
    fc.tuple(operator, compared).map(([key, operand]) => ({ [key]: operand })),
    fc.tuple(value(secret), value(secret)).map((list) => ({ $in: list })),
    fc.tuple(value(secret), value(secret)).map((list) => ({ $between: list })),
  );
  const leaf = fc.tuple(name(secret), comparison).map(([field, operand]) => ({ [field]: operand }));
  const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((list) => ({ $and: list })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((list) => ({ $or: list })),
      tie('tree').map((part) => ({ $not: part })),
    ),
  }));
  return tree;
}

export const questions: fc.Arbitrary<Question> = fc.constantFrom(...SECRETS).chain((secret) => {
  const where = fc.option(condition(secret), { nil: undefined });
  const order = fc.constantFrom('asc' as const, 'desc' as const);
  const list = fc.record({
    where,
    orderBy: fc.option(fc.array(fc.record({ field: name(secret), order }), { minLength: 1, maxLength: 2 }), {
      nil: undefined,
    }),
    limit: fc.constantFrom(1, 2, 50),
    search: fc.option(value(secret), { nil: undefined, freq: 5 }),
    fields: fc.option(fc.array(name(secret), { minLength: 1 }), { nil: undefined }),
  });
  const aggregation = fc.record({
    function: fc.constantFrom('count', 'min', 'max', 'count_distinct'),
    field: name(secret),
    alias: fc.constant('n'),
    filter: where,
  });
  const groups = fc.record({
    where,
    groupBy: fc.array(name(secret), { minLength: 1, maxLength: 2 }),
    aggregations: fc.array(aggregation, { minLength: 1, maxLength: 2 }),
    having: where,
  });
  const query = fc.oneof(
    list.map((asked) => ({ operation: 'find' as const, query: asked })),
    list.map((asked) => ({ operation: 'findOne' as const, query: asked })),
    where.map((asked) => ({ operation: 'count' as const, query: { where: asked } })),
    groups.map((asked) => ({ operation: 'aggregate' as const, query: asked })),
  );
  return query.map((asked) => ({ secret, operation: asked.operation, query: defined(asked.query) }));
});

function defined(query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, part]) => part !== undefined));
}
