// @ts-nocheck
// 
import { useApolloClient, useMutation } from '@apollo/client/react';
import {
  type ApiKeyFieldsFragment,
  RestoreApiKeyDocument,
  RevokeApiKeyDocument,
  RotateApiKeyDocument,
  UpdateApiKeyDocument,
} from 'objectstack-api-keys/operations';
import { useState } from 'react';
import { refusalOf } from './refusal.ts';
import { Secret } from './secret.tsx';

export function KeyActions({
  apiKey,
  onRotated,
}: {
  apiKey: ApiKeyFieldsFragment;
  onRotated: (secret: Secret) => void;
}) {
  const client = useApolloClient();
  const [refusal, setRefusal] = useState<string>();
  // Their results hold no secret, so the cache may take them: the row changes by itself.
  const [revoke] = useMutation(RevokeApiKeyDocument);
  const [restore] = useMutation(RestoreApiKeyDocument);
  const [update] = useMutation(UpdateApiKeyDocument);
  const input = { id: apiKey.id };

  async function attempt(change: () => Promise<unknown>) {
    try {
      await change();
      setRefusal(undefined);
    } catch (error) {
      setRefusal(refusalOf(error).message);
    }
  }

  async function rotate() {
    const { data } = await client.mutate({
      mutation: RotateApiKeyDocument,
      variables: { input: { ...input, overlap: 'PT1H' } },
      fetchPolicy: 'no-cache',
      context: { headers: { 'Idempotency-Key': crypto.randomUUID() } },
    });
    const rotated = data?.rotateApiKey;
    if (rotated?.key != null) onRotated(new Secret(rotated.apiKey.name, rotated.key));
  }

  return (
    <>
      {apiKey.status === 'ACTIVE' && (
        <>
          <button type="button" onClick={() => attempt(rotate)}>
            Rotate
          </button>
          <button type="button" onClick={() => attempt(() => revoke({ variables: { input } }))}>
            Revoke
          </button>
          {canBeNarrowed(apiKey.scopes) && (
            <button
              type="button"
              onClick={() => attempt(() => update({ variables: { input: { ...input, scopes: ['data:read'] } } }))}
            >
              Only read
            </button>
          )}
        </>
      )}
      {apiKey.status === 'REVOKED' && (
        <button type="button" onClick={() => attempt(() => restore({ variables: { input } }))}>
          Restore
        </button>
      )}
      {refusal && <p role="alert">{refusal}</p>}
    </>
  );
}

/** Whether the key may read, and more than that. A key can lose scopes; it never gains one. */
function canBeNarrowed(scopes: readonly string[]): boolean {
  const mayRead = scopes.length === 0 || scopes.includes('data:read') || scopes.includes('data:write');
  return mayRead && scopes.join() !== 'data:read';
}
