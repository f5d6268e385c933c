// @ts-nocheck
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';

/** The ObjectStack server. The origin of this page has to be in its TRUSTED_ORIGINS. */
export const SERVER: string = import.meta.env['VITE_SERVER_URL'] ?? 'http://localhost:3000';

interface Page {
  readonly nodes: readonly unknown[];
}

/** The session is in a cookie that no script can read; the browser sends it with `include`. */
export function connect(): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri: `${SERVER}/api/v1/graphql`, credentials: 'include' }),
    cache: new InMemoryCache({
      typePolicies: {
        Viewer: {
          fields: {
            apiKeys: {
              // One list for each set of filters; pages of it are put one behind the other.
              keyArgs: ['status', 'search', 'expiresWithin', 'unusedFor'],
              merge: (before: Page | undefined, page: Page, { args }) =>
                args?.['after'] ? { ...page, nodes: [...(before?.nodes ?? []), ...page.nodes] } : page,
            },
          },
        },
      },
    }),
  });
}

interface Refusal {
  readonly message: string;
}

/** @returns what the server says when it refuses. */
export async function signIn(email: string, password: string): Promise<Refusal | undefined> {
  return post('sign-in/email', { email, password });
}

export async function signOut(): Promise<Refusal | undefined> {
  return post('sign-out', {});
}

async function post(path: string, body: object): Promise<Refusal | undefined> {
  try {
    const response = await fetch(`${SERVER}/api/v1/auth/${path}`, {
      method: 'POST',
      credentials: 'include',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return undefined;
    const { message } = (await response.json()) as Partial<Refusal>;
    return { message: message ?? 'The server refused. Try again.' };
  } catch {
    return { message: `${SERVER} does not answer, or does not trust ${location.origin} (TRUSTED_ORIGINS).` };
  }
}
