// @ts-nocheck
import { useQuery } from '@apollo/client/react';
import { type ApiKeyStatus, ListApiKeysDocument } from 'objectstack-api-keys/operations';
import { useState } from 'react';
import { CreateKey } from './create-key.tsx';
import { KeyActions } from './key-actions.tsx';
import { type Secret, SecretDialog } from './secret.tsx';

const PAGE = 20;

/** Questions that people ask of their keys, as filters of the list. */
const ATTENTION: Readonly<Record<string, object>> = {
  expiring: { expiresWithin: 'P14D' },
  unused: { unusedFor: 'P90D' },
};

export function KeyList({ scopes }: { scopes: readonly string[] }) {
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<ApiKeyStatus>();
  const [secret, setSecret] = useState<Secret>();
  const [attention, setAttention] = useState('');
  const filters = { status: status ?? null, search: search || null, ...ATTENTION[attention] };
  const { data, error, loading, fetchMore, refetch } = useQuery(ListApiKeysDocument, {
    variables: { first: PAGE, ...filters },
    fetchPolicy: 'cache-and-network',
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.viewer.apiKeys;
  const reveal = (made: Secret) => {
    setSecret(made);
    refetch();
  };
  return (
    <section>
      <CreateKey scopes={scopes} onCreated={reveal} />
      <search>
        <label>
          Search <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
        </label>
        <label>
          Status{' '}
          <select
            value={status ?? ''}
            onChange={(event) => setStatus((event.target.value || undefined) as ApiKeyStatus | undefined)}
          >
            <option value="">all</option>
            <option value="ACTIVE">active</option>
            <option value="EXPIRED">expired</option>
            <option value="REVOKED">revoked</option>
          </select>
        </label>
        <label>
          Attention{' '}
          <select value={attention} onChange={(event) => setAttention(event.target.value)}>
            <option value="">any</option>
            <option value="expiring">expires within 14 days</option>
            <option value="unused">not used for 90 days</option>
          </select>
        </label>
      </search>
      {error && <p role="alert">{error.message}</p>}
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Begins with</th>
            <th>May do</th>
            <th>Status</th>
            <th>Expires</th>
            <th>Last used</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {page?.nodes.map((key) => (
            <tr key={key.id}>
              <td>{key.name}</td>
              <td>
                <code>{key.prefix}…</code>
              </td>
              <td>{key.scopes.join(', ') || 'all that you may do'}</td>
              <td>{key.status.toLowerCase()}</td>
              <td>{day(key.expiresAt) ?? 'never'}</td>
              <td>{day(key.lastUsedAt) ?? 'not yet'}</td>
              <td>
                <KeyActions apiKey={key} onRotated={reveal} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {page?.nodes.length === 0 && <p>No keys here.</p>}
      {page?.pageInfo.hasNextPage && (
        <button
          type="button"
          disabled={loading}
          onClick={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })}
        >
          More
        </button>
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </section>
  );
}

const day = (instant: string | null): string | undefined =>
  instant === null ? undefined : new Date(instant).toLocaleDateString();
