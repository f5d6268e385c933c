// @ts-nocheck
// 
import { setTimeout } from 'node:timers/promises';
import { Client, fetchExchange } from '@urql/core';
import { offlineExchange, type StorageAdapter } from '@urql/exchange-graphcache';
import { CreateApiKeyDocument, ListApiKeysDocument } from '../../../src/operations/documents.ts';
import { type Connect, present } from './client.ts';

/** With the normalized cache, which writes itself to a storage: what a browser would have on its disk. */
export const connect: Connect = (url, token) => {
  const written: unknown[] = [];
  const storage: StorageAdapter = {
    readData: async () => ({}),
    readMetadata: async () => [],
    writeData: async (delta) => void written.push(structuredClone(delta)),
    writeMetadata: (metadata) => void written.push(structuredClone(metadata)),
  };
  const client = new Client({
    url,
    exchanges: [offlineExchange({ storage }), fetchExchange],
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
    async serialized() {
      // It writes when it has been idle; the number of writes tells when it has.
      for (let seen = -1; seen < written.length || seen === 0; await setTimeout(50)) seen = written.length;
      return JSON.stringify(written);
    },
  };
};
