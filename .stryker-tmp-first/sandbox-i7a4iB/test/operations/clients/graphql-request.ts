// @ts-nocheck
import { GraphQLClient } from 'graphql-request';
import { CreateApiKeyDocument, ListApiKeysDocument } from '../../../src/operations/documents.ts';
import type { Connect } from './client.ts';

/** It has no cache; what is left is its memory. */
export const connect: Connect = (url, token) => {
  const client = new GraphQLClient(url, { headers: { authorization: `Bearer ${token}` } });
  return {
    list: async () => (await client.request(ListApiKeysDocument, {})).viewer.apiKeys.nodes,
    create: (name) => client.request(CreateApiKeyDocument, { input: { name } }),
    serialized: async () => JSON.stringify(client),
  };
};
