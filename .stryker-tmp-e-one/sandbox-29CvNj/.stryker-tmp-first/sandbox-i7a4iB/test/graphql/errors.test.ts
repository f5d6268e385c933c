// @ts-nocheck
// 
import { buildSchema, execute, GraphQLError, parse, validate } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/base/errors.ts';
import { ErrorPresenter, serviceErrorOf, toGraphQLError } from '../../src/graphql/errors.ts';

const SECRET = 'osk_bwPSFMzXLpZ0aYbAXqJVnQ4cH7dTgKu1RsEi-Wl2No8';

/** A schema with every kind of input that graphql-js has words for. */
const schema = buildSchema(`
  type Query { viewer(first: Int, ratio: Float, on: Boolean, id: ID, colour: Colour, filter: Filter, one: One): Viewer! needs(name: String!): Int }
  type Viewer { id: ID! name: String! }
  type Mutation { create(input: Filter!): Int }
  enum Colour { RED BLUE }
  input Filter { name: String! tags: [String!] inner: Filter }
  input One @oneOf { a: Int b: Int }
`);
const inProduction = new ErrorPresenter();
const inDevelopment = new ErrorPresenter(true);

/** Everything that graphql-js says to a document and its variables. */
async function errorsOf(document: string, variables: Record<string, unknown> = {}): Promise<readonly GraphQLError[]> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(document);
  } catch (error) {
    return [error as GraphQLError];
  }
  const invalid = validate(schema, parsed);
  if (invalid.length > 0) return invalid;
  const rootValue = { viewer: { id: '1', name: 'x' } };
  const result = await execute({ schema, document: parsed, variableValues: variables, rootValue });
  return [...(result.errors ?? []), ...(await errorsOfYoga(document, variables))];
}

/** Yoga has an executor of its own, with words of its own for variables. */
async function errorsOfYoga(query: string, variables: Record<string, unknown>): Promise<readonly GraphQLError[]> {
  const errors: GraphQLError[] = [];
  const yoga = createYoga({
    schema,
    logging: false,
    maskedErrors: false,
    plugins: [
      {
        onResultProcess({ result }) {
          if ('errors' in result) errors.push(...(result.errors ?? []));
        },
      },
    ],
  });
  await yoga.fetch('http://yoga/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return errors;
}

describe('a message of graphql-js, with a secret in the wrong place', () => {
  const quoted = JSON.stringify(SECRET);
  it.each<[string, string, string, Record<string, unknown>?]>([
    ['a field', `{ ${SECRET.replace('-', '')} }`, 'Cannot query field "…" on type "Query".'],
    ['an argument name', `{ viewer(${SECRET.replace('-', '')}: 1) { id } }`, 'Unknown argument'],
    ['a directive', `{ viewer @${SECRET.replace('-', '')} { id } }`, 'Unknown directive'],
    ['a fragment', `{ ...${SECRET.replace('-', '')} }`, 'Unknown fragment'],
    ['a type', `{ ... on ${SECRET.replace('-', '')} { id } }`, 'Unknown type'],
    ['the name of an operation', `query ${SECRET.replace('-', '')}($a: Int) { viewer { id } }`, 'is never used'],
    ['a variable', `query ($${SECRET.replace('-', '')}: Int) { viewer { id } }`, 'is never used'],
    [
      'an alias of conflicting fields',
      `{ ${SECRET.replace('-', '')}: viewer(id: 1) { id } ${SECRET.replace('-', '')}: viewer(id: 2) { id } }`,
      'conflict',
    ],
    ['a string for an Int', `{ viewer(first: ${quoted}) { id } }`, 'Int cannot represent non-integer value.'],
    ['a string for a Float', `{ viewer(ratio: ${quoted}) { id } }`, 'Float cannot represent non numeric value.'],
    ['a string for a Boolean', `{ viewer(on: ${quoted}) { id } }`, 'Boolean cannot represent a non boolean value.'],
    ['a string for an enum', `{ viewer(colour: ${quoted}) { id } }`, 'Enum "Colour" cannot represent non-enum value.'],
    [
      'an enum for an enum',
      `{ viewer(colour: ${SECRET.replace('-', '')}) { id } }`,
      'Value "…" does not exist in "Colour" enum.',
    ],
    [
      'an enum for a string',
      `{ needs(name: ${SECRET.replace('-', '')}) }`,
      'String cannot represent a non string value.',
    ],
    [
      'a string for an object',
      `{ viewer(filter: ${quoted}) { id } }`,
      'Expected value of type "Filter" to be an object.',
    ],
    [
      'an unknown field with it',
      `{ viewer(filter: { name: "x", key: ${quoted} }) { id } }`,
      'not to include unknown field "key".',
    ],
    [
      'a field beside a missing one',
      `{ viewer(filter: { tags: [${quoted}] }) { id } }`,
      'to include required field "name".',
    ],
    ['a oneOf with it', `{ viewer(one: { a: 1, b: ${quoted} }) { id } }`, ''],
    ['a variable for an Int', 'query ($v: Int) { viewer(first: $v) { id } }', 'Variable "$v"', { v: SECRET }],
    ['a variable for an enum', 'query ($v: Colour) { viewer(colour: $v) { id } }', 'Variable "$v"', { v: SECRET }],
    ['a variable for an object', 'query ($v: Filter) { viewer(filter: $v) { id } }', 'to be an object.', { v: SECRET }],
    [
      'a variable with an unknown field',
      'query ($v: Filter) { viewer(filter: $v) { id } }',
      'unknown field "key".',
      { v: { name: 'x', key: SECRET } },
    ],
    [
      'a variable with it as a field',
      'query ($v: Filter) { viewer(filter: $v) { id } }',
      'unknown field "…".',
      { v: { name: 'x', [SECRET]: 1 } },
    ],
    [
      'a variable with it deep inside',
      'query ($v: Filter) { viewer(filter: $v) { id } }',
      'Variable "$v": String cannot represent a non string value.',
      { v: { name: 'x', inner: { name: { a: SECRET } } } },
    ],
    [
      'a variable with it in a list',
      'query ($v: Filter) { viewer(filter: $v) { id } }',
      'Variable "$v"',
      { v: { name: 'x', tags: [{ a: SECRET }] } },
    ],
    ['a string in the wrong place', `{ viewer ${quoted} }`, 'Syntax Error: Expected Name.'],
    ['a string with quotes in it', `{ "a\\" ${SECRET} \\"b" }`, 'Syntax Error: Expected Name.'],
    ['a string with quotes at the start', `"a\\" ${SECRET} \\"b" "x"`, ''],
    ['a block string', `{ viewer(id: """${SECRET}""" """${SECRET}""") { id } }`, 'Syntax Error'],
    ['text that is no document', SECRET, 'Syntax Error: Unexpected Name.'],
    ['a wrong escape', `{ viewer(id: "\\u{${SECRET}}") { id } }`, ''],
  ])('%s: it is not repeated', async (_place, document, expected, variables) => {
    const errors = await errorsOf(document, variables);
    expect(errors.length).toBeGreaterThan(0);
    // Without the presenter it would be: most messages of graphql-js hold it.
    for (const present of [inProduction, inDevelopment]) {
      const shown = errors.map((error) => JSON.stringify(present.present(error)));
      for (const text of shown) {
        expect(text).not.toContain(SECRET.slice(4, 20));
        expect(text).not.toMatch(/osk_/i);
      }
    }
    expect(inDevelopment.present(errors[0]).message).toContain(expected);
  });

  it.each<[string, Record<string, unknown>?]>([
    ['{ viewer(first: "hunterland") { id } }'],
    ['{ viewer "hunterland" }'],
    ['"hunterland"'],
    ['query ($v: Int) { viewer(first: $v) { id } }', { v: 'hunterland' }],
    ['query ($v: Filter) { viewer(filter: $v) { id } }', { v: { name: 'x', tags: [{ a: 'hunterland' }] } }],
    ['query ($v: Filter = "hunterland") { viewer(filter: $v) { id } }'],
  ])('a value that is an ordinary word is not repeated either: %s', async (document, variables) => {
    const errors = await errorsOf(document, variables);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(JSON.stringify(inDevelopment.present(error))).not.toContain('hunterland');
  });

  it('graphql-js itself repeats it, which is why there is a presenter', async () => {
    const [error] = await errorsOf('query ($v: Filter) { viewer(filter: $v) { id } }', {
      v: { name: 'x', key: SECRET },
    });
    expect(error?.message).toContain(SECRET);
  });

  it.each([
    ['a sentence that is not known', `Something new happened to ${SECRET}`],
    ['a known one with more behind it', `Unknown type "x". ${SECRET}`],
    ['a known one that a value breaks up', `Value "a" ${SECRET} "b" does not exist in "Colour" enum.`],
    ['a suggestion that is not of the schema', `Unknown type "x". Did you mean "${SECRET}"?`],
  ])('%s: it is not repeated', (_case, message) => {
    expect(inDevelopment.present(new GraphQLError(message)).message).not.toContain(SECRET);
  });
});

describe('a message of graphql-js that is only about the schema', () => {
  it.each([
    ['{ viewr { id } }', 'Cannot query field "viewr" on type "Query". Did you mean "viewer"?'],
    ['{ viewer { id(x: 1) } }', 'Unknown argument "x" on field "Viewer.id".'],
    [
      '{ viewer }',
      'Field "viewer" of type "Viewer!" must have a selection of subfields. Did you mean "viewer { ... }"? Choose the fields that you want, in braces.',
    ],
    ['{ needs }', 'Argument "Query.needs(name:)" of type "String!" is required, but it was not provided.'],
    ['query ($v: Fltr) { viewer(filter: $v) { id } }', 'Unknown type "Fltr". Did you mean "Filter"?'],
    ['{ viewer { id }', 'Syntax Error: Expected Name. Check braces, brackets and quotes; "locations" says where.'],
    ['{ viewer(first: $a) { id } }', 'Variable "$a" is not defined.'],
    ['subscription { x }', 'The subscription operation is not supported by the schema. Use a query or a mutation.'],
    ['{ viewer @skip { id } }', 'Argument "@skip(if:)" of type "Boolean!" is required, but it was not provided.'],
  ])('%s: stays in development', async (document, message) => {
    const [error] = await errorsOf(document);
    expect(inDevelopment.present(error).message).toBe(message);
  });

  it('is a fixed sentence in production, whatever was wrong', async () => {
    const wrong: [string, Record<string, unknown>?][] = [
      ['{ viewr { id } }'],
      ['{ viewer { id }'],
      ['query ($v: Filter) { viewer(filter: $v) { id } }', { v: { nam: 'x' } }],
      ['query ($v: Fltr) { viewer(filter: $v) { id } }'],
    ];
    const errors = (await Promise.all(wrong.map(([document, variables]) => errorsOf(document, variables)))).flat();
    const sentences = new Set(errors.map((error) => inProduction.present(error).message));
    const advice = 'Compare it with schema.graphql, or send it to a server in development, which says what is wrong.';
    const fixed = 'The variables or the operation do not match the schema.';
    expect([...sentences]).toEqual([
      `${fixed} ${advice}`,
      `${fixed} Check braces, brackets and quotes; "locations" says where.`,
    ]);
    const withCode = (code: string) => inProduction.present(new GraphQLError('x', { extensions: { code } })).message;
    expect(withCode('GRAPHQL_PARSE_FAILED')).toBe(`The GraphQL document has a syntax error or is too long. ${advice}`);
    expect(withCode('GRAPHQL_VALIDATION_FAILED')).toBe(`The GraphQL document does not match the schema. ${advice}`);
    expect(withCode('constructor')).toBe(`${fixed} ${advice}`);
  });
});

describe('an error thrown below the resolvers', () => {
  class StatementError extends Error {
    override readonly name = 'StatementError';
  }
  const statement = `insert into sys_api_key values ('${SECRET}') - SQLITE_FULL`;

  it.each<[string, () => unknown]>([
    ['a database error', () => new StatementError(statement)],
    ['an error of it in a GraphQLError', () => new GraphQLError(statement, { originalError: new Error(statement) })],
    [
      'an error of it in two GraphQLErrors',
      () =>
        new GraphQLError('x', { originalError: new GraphQLError(statement, { originalError: new Error(statement) }) }),
    ],
    ['a string', () => statement],
    ['an object with a code', () => ({ code: 'ENOENT', message: statement, extensions: { code: statement } })],
    ['undefined', () => undefined],
    [
      'an error with a getter that throws',
      () =>
        Object.defineProperty(new Error('x'), 'message', {
          get() {
            throw new Error(SECRET);
          },
        }),
    ],
    [
      'a GraphQLError that the execution raised',
      () => new GraphQLError(`String cannot represent value: ${SECRET}`, { path: ['a'] }),
    ],
    ['a frozen error', () => Object.freeze(new Error(statement))],
  ])('%s becomes INTERNAL_ERROR and says nothing', (_case, thrown) => {
    const error = inProduction.present(thrown());
    expect(error.extensions['code']).toBe('INTERNAL_ERROR');
    expect(JSON.stringify(error)).toBe(
      JSON.stringify({
        message: 'Something went wrong on the server. Its log has more, under the X-Request-Id of this response.',
        ...(error.path === undefined ? {} : { path: error.path }),
        extensions: { code: 'INTERNAL_ERROR', http: { status: 500, headers: {} } },
      }),
    );
    // The cause is kept for telling classes apart in the log; no spelling of the error shows it.
    const told = serviceErrorOf(error);
    expect(told?.code).toBe('INTERNAL_ERROR');
    expect(`${told} ${JSON.stringify(told)}`).not.toContain(SECRET);
  });

  it('a refusal that was written for the caller passes, in whatever it was wrapped', () => {
    const refusal = new ServiceError('FORBIDDEN', { message: 'No.' });
    for (const thrown of [
      refusal,
      toGraphQLError(refusal),
      new GraphQLError('x', { originalError: refusal }),
      new GraphQLError('x', { originalError: toGraphQLError(refusal), path: ['createApiKey'] }),
    ]) {
      const error = inDevelopment.present(thrown);
      expect({ message: error.message, code: error.extensions['code'] }).toEqual({ message: 'No.', code: 'FORBIDDEN' });
    }
  });

  it('an alias that is a secret is not repeated in the path', () => {
    const error = inDevelopment.present(
      new GraphQLError('x', { originalError: new ServiceError('FORBIDDEN'), path: [SECRET, 'apiKey'] }),
    );
    expect(JSON.stringify(error)).not.toContain(SECRET);
  });
});
