// @ts-nocheck
import { Client, cacheExchange, fetchExchange, ssrExchange } from '@urql/core';
import { CreateApiKeyDocument, ListApiKeysDocument } from '../../../src/operations/documents.ts';
import { type Connect, present } from './client.ts';

/** With the document cache, written out as server-side rendering does. */
export const connect: Connect = (url, token) => {
  const ssr = ssrExchange({ isClient: false });
  const client = new Client({
    url,
    exchanges: [cacheExchange, ssr, fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  });
  return {
    async list() {
      const { data, error } = await client.query(ListApiKeysDocument, {}, { requestPolicy: 'network-only' });
      return present(data, error).viewer.apiKeys.nodes;
    },
    async create(name) {
      const { data, error } = await client.mutation(CreateApiKeyDocument, { input: { name } });
      return present(data, error);
    },
    serialized: async () => JSON.stringify(ssr.extractData()),
  };
};
