// @ts-nocheck
import type { TestKernel } from './kernel.ts';

/** What the GraphQL endpoint answered to a document. */
export interface GraphQLAnswer<Data> {
  readonly status: number;
  readonly data: Data | null;
  /** The code of the first error. */
  readonly code: string | undefined;
  readonly text: string;
  readonly headers: Headers;
}

/** Sends a document to the GraphQL endpoint. */
export async function graphql<Data>(
  target: Pick<TestKernel, 'request'>,
  headers: Record<string, string>,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphQLAnswer<Data>> {
  const response = await target.request('/api/v1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as {
    data?: Data | null;
    errors?: { extensions?: { code?: string } }[];
  };
  return {
    status: response.status,
    data: data ?? null,
    code: errors?.[0]?.extensions?.code,
    text,
    headers: response.headers,
  };
}
