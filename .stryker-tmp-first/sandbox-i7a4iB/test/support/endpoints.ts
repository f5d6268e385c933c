// @ts-nocheck
import type { TestKernel } from './kernel.ts';

/** What an endpoint answered, in one vocabulary for both. */
export interface Answer {
  readonly status: number;
  /** The code of the first error. */
  readonly code: string | undefined;
  /** The body as it came, for searching. */
  readonly text: string;
  readonly headers: Headers;
  readonly key: string | undefined;
  readonly apiKey: Metadata | undefined;
  /** Names of the fields at fault. */
  readonly fields: readonly string[];
}

export interface Metadata {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | undefined;
  readonly organizationId: string | undefined;
  readonly createdAt: string;
}

export interface EndpointClient {
  readonly name: string;
  readonly path: string;
  /** Asks for a key with an input in the vocabulary of GraphQL; `expiresAt` is spelled as the endpoint does. */
  mint(headers: Record<string, string>, input: unknown): Promise<Answer>;
  /** Sends a body as it is. */
  send(headers: Record<string, string>, body: string, method?: string): Promise<Answer>;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const MINT = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { apiKey { id name prefix scopes expiresAt organizationId createdAt } key }
}`;

interface GraphQLBody {
  data?: {
    createApiKey?: {
      apiKey: Omit<Metadata, 'expiresAt' | 'organizationId'> & {
        expiresAt: string | null;
        organizationId: string | null;
      };
      key: string;
    };
  } | null;
  errors?: { extensions?: { code?: string; fields?: { field: string }[] } }[];
}

export function graphqlEndpoint(target: Pick<TestKernel, 'request'>): EndpointClient {
  const path = '/api/v1/graphql';
  const send = async (headers: Record<string, string>, body: string, method = 'POST'): Promise<Answer> => {
    const response = await target.request(path, {
      method,
      headers: { ...JSON_TYPE, ...headers },
      ...(method === 'GET' ? {} : { body }),
    });
    const text = await response.text();
    const { data, errors } = parse<GraphQLBody>(text);
    const created = data?.createApiKey;
    return {
      status: response.status,
      code: errors?.[0]?.extensions?.code,
      text,
      headers: response.headers,
      key: created?.key,
      apiKey: created && {
        ...created.apiKey,
        expiresAt: created.apiKey.expiresAt ?? undefined,
        organizationId: created.apiKey.organizationId ?? undefined,
      },
      fields: errors?.[0]?.extensions?.fields?.map(({ field }) => field) ?? [],
    };
  };
  return {
    name: 'GraphQL',
    path,
    send,
    mint: (headers, input) => send(headers, JSON.stringify({ query: MINT, variables: { input } })),
  };
}

interface RestBody {
  id?: string;
  name: string;
  prefix: string;
  key?: string;
  scopes?: string[];
  expires_at?: string;
  active_organization_id?: string;
  created_at: string;
  error?: { code: string; details?: { fields: { field: string }[] } };
}

export function restEndpoint(target: Pick<TestKernel, 'request'>): EndpointClient {
  const path = '/api/v1/keys';
  const send = async (headers: Record<string, string>, body: string, method = 'POST'): Promise<Answer> => {
    const response = await target.request(path, {
      method,
      headers: { ...JSON_TYPE, ...headers },
      ...(method === 'GET' ? {} : { body }),
    });
    const text = await response.text();
    const parsed = parse<RestBody>(text);
    return {
      status: response.status,
      code: parsed.error?.code,
      text,
      headers: response.headers,
      key: parsed.key,
      apiKey:
        parsed.id === undefined
          ? undefined
          : {
              id: parsed.id,
              name: parsed.name,
              prefix: parsed.prefix,
              scopes: parsed.scopes ?? [],
              expiresAt: parsed.expires_at,
              organizationId: parsed.active_organization_id,
              createdAt: parsed.created_at,
            },
      fields: parsed.error?.details?.fields.map(({ field }) => field) ?? [],
    };
  };
  return {
    name: 'REST',
    path,
    send,
    mint: (headers, input) => send(headers, spelledForRest(input)),
  };
}

/** Own keys only, one by one: `__proto__` must arrive as a key. */
function spelledForRest(input: unknown): string {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return JSON.stringify(input);
  const pairs = Object.entries(input).map(
    ([key, value]) => `${JSON.stringify(key === 'expiresAt' ? 'expires_at' : key)}:${JSON.stringify(value)}`,
  );
  return `{${pairs.join(',')}}`;
}

function parse<T extends object>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return {} as T;
  }
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
