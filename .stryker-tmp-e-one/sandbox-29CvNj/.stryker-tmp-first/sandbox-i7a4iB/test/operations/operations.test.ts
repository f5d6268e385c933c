// @ts-nocheck
// 
import { readFile } from 'node:fs/promises';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { cacheExchange, fetchExchange, Client as UrqlClient } from '@urql/core';
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationsModule } from '../../scripts/operations.ts';
import * as operations from '../../src/operations/documents.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

/** Runs a document and gives back its data. That each client types it by the document is in `clients/`, which compile. */
type Run = <T, V extends Record<string, unknown>>(document: TypedDocumentNode<T, V>, variables: V) => Promise<T>;

const isMutation = (document: DocumentNode): boolean =>
  document.definitions.some((node) => (node as OperationDefinitionNode).operation === OperationTypeNode.MUTATION);

function withApollo(uri: string, authorization: string): Run {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri, headers: { authorization } }),
  });
  return async <T, V extends Record<string, unknown>>(document: TypedDocumentNode<T, V>, variables: V): Promise<T> => {
    const { data, error } = isMutation(document)
      ? await client.mutate({ mutation: document as DocumentNode, variables, fetchPolicy: 'no-cache' })
      : await client.query({ query: document as DocumentNode, variables, fetchPolicy: 'network-only' });
    if (error !== undefined) throw error;
    return data as T;
  };
}

function withUrql(url: string, authorization: string): Run {
  const client = new UrqlClient({
    url,
    exchanges: [cacheExchange, fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: { authorization } },
  });
  return async <T, V extends Record<string, unknown>>(document: TypedDocumentNode<T, V>, variables: V): Promise<T> => {
    const { data, error } = isMutation(document)
      ? await client.mutation(document, variables)
      : await client.query(document, variables, { requestPolicy: 'network-only' });
    if (error !== undefined) throw error;
    return data as T;
  };
}

function withGraphQLRequest(url: string, authorization: string): Run {
  const client = new GraphQLClient(url, { headers: { authorization } });
  return <T, V extends Record<string, unknown>>(document: TypedDocumentNode<T, V>, variables: V): Promise<T> =>
    client.request<T>(document as DocumentNode, variables);
}

let target: TestKernel;
beforeAll(async () => {
  target = await bootKernel();
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

it('the module is what operations/*.graphql and schema.graphql say (else: npm run operations)', async () => {
  expect(await readFile(new URL('../../src/operations/documents.ts', import.meta.url), 'utf8')).toBe(
    await operationsModule(),
  );
});

describe.each([
  ['Apollo Client', withApollo],
  ['urql', withUrql],
  ['graphql-request', withGraphQLRequest],
] as const)('the operations, with %s', (name, connect) => {
  let person: Person;
  let run: Run;
  beforeAll(async () => {
    person = await target.newPerson();
    run = connect(`${target.url}/api/v1/graphql`, `Bearer ${person.token}`);
  });
  const list = async (status: operations.ApiKeyStatus | null = null) => {
    const { viewer } = await run(operations.ListApiKeysDocument, { status });
    return viewer.apiKeys.nodes.map(({ id }) => id);
  };

  it('create, list, find, rotate, revoke and restore a key', async () => {
    const input = { name: `of ${name}`, scopes: ['member_default'], expiresAt: '2031-01-01T00:00:00Z' };
    const { createApiKey } = await run(operations.CreateApiKeyDocument, { input });
    const { apiKey, key } = createApiKey;
    expect(key).toMatch(/^osk_/);
    expect(apiKey).toMatchObject({ ...input, expiresAt: '2031-01-01T00:00:00.000Z', status: 'ACTIVE' });
    expect(await list()).toEqual([apiKey.id]);
    expect((await run(operations.FindApiKeyDocument, { id: apiKey.id })).apiKey).toMatchObject({ id: apiKey.id });

    const { rotateApiKey } = await run(operations.RotateApiKeyDocument, { input: { id: apiKey.id } });
    expect(rotateApiKey.key).toMatch(/^osk_/);
    expect(rotateApiKey.key).not.toBe(key);
    expect(rotateApiKey.previous.id).toBe(apiKey.id);
    const { id } = rotateApiKey.apiKey;
    expect(await list('ACTIVE')).toEqual([id]);

    const { revokeApiKey } = await run(operations.RevokeApiKeyDocument, { input: { id } });
    expect(revokeApiKey.apiKey).toMatchObject({ id, status: 'REVOKED' });
    expect(await list('ACTIVE')).toEqual([]);
    const { restoreApiKey } = await run(operations.RestoreApiKeyDocument, { input: { id } });
    expect(restoreApiKey.apiKey).toMatchObject({ id, status: 'ACTIVE' });
    expect(await list('ACTIVE')).toEqual([id]);
  });

  it('return the signed-in person, the limits, and how to connect an agent', async () => {
    const { viewer } = await run(operations.ViewerDocument, {});
    expect(viewer).toMatchObject({ id: person.id, email: person.email, organizationId: person.organizationId });
    expect(viewer.scopes).toContain('member_default');
    expect(Object.keys(viewer.limits)).toEqual(
      expect.arrayContaining(['maxActiveKeys', 'maxKeyLifetime', 'mintLimitPerUser']),
    );

    const { connection } = await run(operations.ConnectionDocument, {});
    expect(connection?.mcpUrl).toMatch(/\/api\/v1\/mcp$/);
    expect(connection?.clients.length).toBeGreaterThan(0);
  });

  it('show why something is refused', async () => {
    await expect(run(operations.CreateApiKeyDocument, { input: { name: '' } })).rejects.toThrow(
      'The name must not be empty: say what the key is for.',
    );
  });
});
