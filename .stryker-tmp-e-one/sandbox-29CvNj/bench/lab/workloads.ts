// @ts-nocheck
import type { Workload } from './load.ts';

const JSON_KEY = /"key":"osk_[A-Za-z0-9_-]{43}"/;
const isMint = (body: string): boolean => JSON_KEY.test(body);

/** The raw key in an answer to a mint. */
export function keyIn(body: string): string {
  const key = JSON_KEY.exec(body)?.[0].slice('"key":"'.length, -1);
  if (key === undefined) throw new Error('an answer without a key');
  return key;
}

/** Mints a key as the official clients do; the platform, the floor and the shim take the same. */
export const mintRest: Workload = {
  path: '/api/v1/keys',
  method: 'POST',
  body: JSON.stringify({ name: 'bench' }),
  credential: 'session',
  isAnswer: isMint,
};

/** The same as a mutation, asking for what REST answers. */
export const mintGraphQL: Workload = {
  path: '/api/v1/graphql',
  method: 'POST',
  body: JSON.stringify({
    query:
      'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id name prefix organizationId createdAt } key } }',
    variables: { input: { name: 'bench' } },
  }),
  credential: 'session',
  isAnswer: isMint,
};

/** Authenticates with a key and lists its owner's first one. */
export const verifyGraphQL: Workload = {
  path: '/api/v1/graphql',
  method: 'POST',
  body: JSON.stringify({ query: '{ viewer { apiKeys(first: 1) { nodes { id name prefix createdAt } } } }' }),
  credential: 'key',
  isAnswer: (body) => /"nodes":\[\{"id":"[^"]+"/.test(body),
};

/** A list of one record at the platform's data API, with a key and with one that may only read. */
export const listDataApi: Workload = {
  path: '/api/v1/data/sys_organization?$top=1',
  method: 'GET',
  credential: 'key',
  isAnswer: (body) => /"slug":"bench"/.test(body),
};
export const listDataApiScoped: Workload = { ...listDataApi, credential: 'scopedKey' };

/** The same through the platform's data API. */
export const verifyDataApi: Workload = {
  path: '/api/v1/data/sys_api_key?$top=1',
  method: 'GET',
  credential: 'key',
  isAnswer: (body) => /"prefix":"osk_/.test(body) && !body.includes('"success":false'),
};
