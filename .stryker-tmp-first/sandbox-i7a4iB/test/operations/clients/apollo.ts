// @ts-nocheck
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { CreateApiKeyDocument, ListApiKeysDocument } from '../../../src/operations/documents.ts';
import { type Client, type Connect, present } from './client.ts';

/**
 * @param fetchPolicy of the mutation. Apollo's default writes the result to its cache, where the
 *   secret is taken out again, but reads it back first, and remembers what it has read.
 */
export function connectWith(uri: string, token: string, fetchPolicy: 'no-cache' | 'network-only'): Client {
  const cache = new InMemoryCache();
  const client = new ApolloClient({
    cache,
    link: new HttpLink({ uri, headers: { authorization: `Bearer ${token}` } }),
  });
  return {
    async list() {
      const { data, error } = await client.query({ query: ListApiKeysDocument, fetchPolicy: 'network-only' });
      return present(data, error).viewer.apiKeys.nodes;
    },
    async create(name) {
      const { data, error } = await client.mutate({
        mutation: CreateApiKeyDocument,
        variables: { input: { name } },
        fetchPolicy,
      });
      return present(data, error);
    },
    serialized: async () => JSON.stringify([cache.extract(), cache.extract(true)]),
  };
}

export const connect: Connect = (uri, token) => connectWith(uri, token, 'no-cache');
