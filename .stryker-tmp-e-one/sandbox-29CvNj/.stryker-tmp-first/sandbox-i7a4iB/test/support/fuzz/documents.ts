// @ts-nocheck
// 
import fc from 'fast-check';
import { type GraphQLNamedType, getNamedType, isInputType, isObjectType } from 'graphql';
import { schema } from '../../../src/schema/index.ts';

const TYPES = Object.values(schema.getTypeMap());
const FIELDS = [...new Set(TYPES.flatMap((type) => ('getFields' in type ? Object.keys(type.getFields()) : [])))];
const INPUT_TYPES = TYPES.filter((type: GraphQLNamedType) => isInputType(type)).map(({ name }) => name);
const OBJECT_TYPES = TYPES.filter((type) => isObjectType(type)).map(({ name }) => name);
const ARGUMENTS = [
  ...new Set(
    TYPES.filter((type) => isObjectType(type)).flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => field.args.map(({ name }) => name)),
    ),
  ),
];

const junkName = fc.constantFrom('__proto__', 'constructor', 'x', 'osk_AAAAAAAAAAAAAAAAAAAA', '_', 'null', 'on');
const pick = (names: readonly string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: junkName });
const fragmentName = fc.constantFrom('A', 'B', 'C');
const variable = fc.constantFrom('$a', '$b', '$input', '$id');
const text = fc.string({ unit: 'binary', maxLength: 20 });

const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text.map((given) => JSON.stringify(given)),
    text.map((given) => `"""${given.replaceAll('"""', '')}"""`),
    fc.integer().map(String),
    fc.constantFrom(
      'true',
      'false',
      'null',
      '1e400',
      '-0',
      '99999999999999999999',
      'ACTIVE',
      '0x1',
      '1.',
      '""',
      '"\\u{110000}"',
    ),
    variable,
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(pick(['name', 'id', 'scopes', 'expiresAt', 'overlap']), tie('value')), { maxLength: 4 })
      .map((fields) => `{ ${fields.map(([name, given]) => `${name}: ${given}`).join(', ')} }`),
  ),
})).value;

const args = fc
  .array(fc.tuple(pick(ARGUMENTS), value), { maxLength: 2 })
  .map((given) => (given.length === 0 ? '' : `(${given.map(([name, of]) => `${name}: ${of}`).join(', ')})`));
const directive = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ' @include(if: true)',
      ' @skip(if: $a)',
      ' @skip',
      ' @defer',
      ' @stream(initialCount: 1)',
      ' @deprecated',
      ' @x(y: 1)',
    ),
  },
);

/** A selection that the schema allows more often than not: fields of the type it stands on. */
function selection(type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  const known = fields.map((field) => {
    const of = getNamedType(field.type);
    const head = field.args.length === 0 ? fc.constant(field.name) : args.map((given) => `${field.name}${given}`);
    return isObjectType(of) && depth > 0
      ? fc.tuple(head, selection(of, depth - 1)).map(([name, below]) => `${name} { ${below} }`)
      : head;
  });
  const any = fc.oneof(
    { weight: 12, arbitrary: known.length === 0 ? fc.constantFrom(...FIELDS) : fc.oneof(...known) },
    { weight: 1, arbitrary: pick(FIELDS) },
    { weight: 1, arbitrary: fc.constant('__typename') },
    { weight: 1, arbitrary: fragmentName.map((name) => `...${name}`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(pick(OBJECT_TYPES), fc.constantFrom(...FIELDS))
        .map(([on, field]) => `... on ${on} { ${field} }`),
    },
    { weight: 1, arbitrary: fc.constantFrom('__schema { types { name } }', '__type(name: "Query") { name }') },
  );
  const aliased = fc
    .tuple(fc.option(fc.constantFrom('x', 'y', 'key', '__proto__'), { freq: 5, nil: undefined }), any, directive)
    .map(
      ([alias, field, marks]) =>
        `${alias === undefined || /^\.\.\./.test(field) ? '' : `${alias}: `}${field}${/[{]/.test(field) ? '' : marks}`,
    );
  return fc.array(aliased, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
}

const query = schema.getQueryType();
const mutation = schema.getMutationType();
if (!query || !mutation) throw new Error('the schema has no roots');

const variables = fc
  .array(fc.tuple(variable, pick(INPUT_TYPES), fc.constantFrom('', '!', ' = null')), { maxLength: 2 })
  .map((given) =>
    given.length === 0 ? '' : `(${given.map(([name, type, end]) => `${name}: ${type}${end}`).join(', ')})`,
  );
const operation = fc.oneof(
  { weight: 3, arbitrary: selection(query, 3).map((below) => `{ ${below} }`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('', ' X'), variables, selection(query, 3))
      .map(([name, given, below]) => `query${name}${given} { ${below} }`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('', ' X'), variables, selection(mutation, 2))
      .map(([name, given, below]) => `mutation${name}${given} { ${below} }`),
  },
  { weight: 1, arbitrary: fc.constant('subscription { x }') },
);
const fragment = fc
  .tuple(fragmentName, pick(OBJECT_TYPES), fc.constantFrom(...FIELDS, '...A', '...B'))
  .map(([name, on, below]) => `fragment ${name} on ${on} { ${below} }`);

const wellFormed = fc
  .tuple(fc.array(operation, { minLength: 1, maxLength: 2 }), fc.array(fragment, { maxLength: 2 }))
  .map(([operations, fragments]) => [...operations, ...fragments].join('\n'));
const noisy = fc
  .tuple(
    wellFormed,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.oneof(text, fc.constantFrom('{', '}', '"', '"""', '#', '...', '$', '@', '\u0000', '\ufeff')),
  )
  .map(([whole, at, inserted]) => {
    const index = Math.floor(at * whole.length);
    return whole.slice(0, index) + inserted + whole.slice(index + 1);
  });

/** GraphQL documents by the grammar of this schema; some of them damaged, some of them too much. */
export const document = fc.oneof(
  { weight: 6, arbitrary: wellFormed },
  { weight: 2, arbitrary: noisy },
  { weight: 1, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      `{ ${'viewer { '.repeat(40)}id${' }'.repeat(40)} }`,
      `{ ${Array.from({ length: 200 }, (_, n) => `a${n}: viewer { id }`).join(' ')} }`,
      `mutation { ${Array.from({ length: 5 }, (_, n) => `m${n}: createApiKey(input: { name: "m" }) { key }`).join(' ')} }`,
      '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }',
      `{ viewer { ${'id '.repeat(2000)} } }`,
      `query (${Array.from({ length: 100 }, (_, n) => `$v${n}: Int`).join(', ')}) { viewer { id } }`,
      '{ viewer { apiKeys(first: 99999999) { nodes { id } } } }',
      `{ viewer { apiKeys(after: "${'A'.repeat(5000)}") { nodes { id } } } }`,
    ),
  },
);
