// @ts-nocheck
import { readdir, readFile } from 'node:fs/promises';
import { execute, type GraphQLField, isObjectType, parse } from 'graphql';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { apiKeyPrincipal, type Principal } from '../../src/auth/principal.ts';
import type { GraphQLContext } from '../../src/resolvers/context.ts';
import { schema } from '../../src/schema/index.ts';

const IDENTITY = { userId: 'usr_1', email: 'a@example.test', organizationId: undefined };
const PROGRAM = apiKeyPrincipal(IDENTITY, 'key_1');

/** The root fields, with each required argument filled in with what passes GraphQL's own check. */
function documents(): [string, string][] {
  const filled: Record<string, string> = {
    createApiKey: '(input: { name: "x" }) { key }',
    rotateApiKey: '(input: { id: "x" }) { key }',
    revokeApiKey: '(input: { id: "x" }) { apiKey { id } }',
    restoreApiKey: '(input: { id: "x" }) { apiKey { id } }',
    revokeApiKeysOf: '(input: { userId: "x" }) { revoked }',
    updateApiKeyPolicy: '(input: { requireScopes: true }) { apiKeyPolicy { requireScopes } }',
    updateApiKey: '(input: { id: "x" }) { apiKey { id } }',
  };
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {}) as GraphQLField<unknown, unknown>[];
  return fields.map(({ name }) => [
    name,
    `mutation { ${name}${filled[name] ?? expect.unreachable(`add ${name} to this test`)} }`,
  ]);
}

/** Anything below the authorization that is touched fails the test: the resolver must not have run. */
const contextOf = (principal: Principal | undefined): GraphQLContext =>
  ({
    principal,
    get keys() {
      return expect.unreachable('the resolver ran');
    },
    get request() {
      return expect.unreachable('the resolver ran');
    },
  }) as unknown as GraphQLContext;

describe.each(documents())('%s', (_name, source) => {
  it('does not run for an API key', async () => {
    const { data, errors } = await execute({ schema, document: parse(source), contextValue: contextOf(PROGRAM) });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ originalError: { code: 'FORBIDDEN' } }]);
  });

  it('does not run without a principal', async () => {
    const { data, errors } = await execute({ schema, document: parse(source), contextValue: contextOf(undefined) });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ originalError: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('an operation that forgot to say withAuth', () => {
  // The next file of this worker gets a builder without what is added here.
  afterAll(() => vi.resetModules());

  it.each(['Query', 'Mutation'])('is refused by the root all the same: %s', async (root) => {
    // A builder makes one schema: this one is of a second copy of its module.
    vi.resetModules();
    const { builder } = await import('../../src/schema/builder.ts');
    builder.scalarType('DateTime', { serialize: String });
    builder.scalarType('Duration', { serialize: String });
    builder.queryField('forgotten', (t) => t.boolean({ resolve: () => expect.unreachable('the resolver ran') }));
    builder.mutationField('forgotten', (t) => t.boolean({ resolve: () => expect.unreachable('the resolver ran') }));
    const forgetful = builder.toSchema();
    expect(isObjectType(forgetful.getType(root))).toBe(true);

    const document = parse(root === 'Query' ? '{ forgotten }' : 'mutation { forgotten }');
    const { data, errors } = await execute({ schema: forgetful, document, contextValue: contextOf(undefined) });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ originalError: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('the source of the schema', () => {
  // `authScopes` in the options after `withAuth` replaces its guard, and still compiles.
  it('says authScopes for the roots alone', async () => {
    const folder = new URL('../../src/schema/', import.meta.url);
    const files = await readdir(folder);
    expect(files).toContain('create-api-key.ts');
    const uses: string[] = [];
    for (const file of files) {
      const source = await readFile(new URL(file, folder), 'utf8');
      uses.push(
        ...(source.match(/authScopes|skipTypeScopes|skipInterfaceScopes/g) ?? []).map((word) => `${file}: ${word}`),
      );
    }
    expect(uses).toEqual(['builder.ts: authScopes', 'builder.ts: authScopes', 'builder.ts: authScopes']);
  });
});
