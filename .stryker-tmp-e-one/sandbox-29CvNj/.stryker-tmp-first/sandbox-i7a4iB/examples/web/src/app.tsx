// @ts-nocheck
// 
import { useApolloClient, useQuery } from '@apollo/client/react';
import { ViewerDocument } from 'objectstack-api-keys/operations';
import { signOut } from './client.ts';
import { KeyList } from './key-list.tsx';
import { refusalOf } from './refusal.ts';
import { SignIn } from './sign-in.tsx';

export function App() {
  const client = useApolloClient();
  const { data, error, loading, refetch } = useQuery(ViewerDocument);
  if (loading && !data) return <p>Loading …</p>;
  if (error || !data) {
    const refusal = refusalOf(error);
    if (refusal.code === 'UNAUTHENTICATED') return <SignIn onSignedIn={() => refetch()} />;
    return <p role="alert">{refusal.message}</p>;
  }
  return (
    <main>
      <header>
        <h1>API keys</h1>
        <span>{data.viewer.email}</span>
        <button
          type="button"
          onClick={async () => {
            await signOut();
            // Whatever the last person saw is gone; the query is asked again, and is refused.
            await client.resetStore().catch(() => undefined);
          }}
        >
          Sign out
        </button>
      </header>
      <KeyList scopes={data.viewer.scopes} />
    </main>
  );
}
