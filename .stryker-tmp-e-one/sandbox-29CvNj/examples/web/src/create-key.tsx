// @ts-nocheck
import { useApolloClient } from '@apollo/client/react';
import { CreateApiKeyDocument } from 'objectstack-api-keys/operations';
import { type ReactNode, useState } from 'react';
import { type Refusal, refusalOf, UNREACHABLE } from './refusal.ts';
import { Secret } from './secret.tsx';

const SECRET_LOST: Refusal = {
  code: 'SECRET_LOST',
  message: 'The key was created, but the response with its secret was lost. Rotate the key to get a new secret.',
  fields: {},
};

const CAPABILITIES = ['data:read', 'data:write', 'actions:execute'];

export function CreateKey({ scopes, onCreated }: { scopes: readonly string[]; onCreated: (secret: Secret) => void }) {
  const client = useApolloClient();
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  // One intent has one Idempotency-Key: pressed twice, or sent again after a lost answer, it makes one key.
  const [intent, setIntent] = useState(() => crypto.randomUUID());

  async function create(form: FormData) {
    const text = (name: string) => String(form.get(name) ?? '').trim() || null;
    const input = {
      name: text('name') ?? '',
      description: text('description'),
      // No choice at all is a mistake, which the server says; "everything" is said with null.
      scopes: form.has('everything') ? null : form.getAll('scopes').map(String),
      expiresIn: text('expiresIn'),
      allowedNetworks: text('allowedNetworks')?.split(/[\s,]+/) ?? null,
    };
    try {
      // Not `useMutation`, which keeps its last result, and not the cache, which remembers what it has read.
      const { data } = await client.mutate({
        mutation: CreateApiKeyDocument,
        variables: { input },
        fetchPolicy: 'no-cache',
        context: { headers: { 'Idempotency-Key': intent } },
      });
      setIntent(crypto.randomUUID());
      const created = data?.createApiKey;
      if (created?.key == null) return setRefusal(SECRET_LOST);
      setRefusal(undefined);
      setOpen(false);
      onCreated(new Secret(created.apiKey.name, created.key));
    } catch (error) {
      const refused = refusalOf(error);
      setRefusal(refused);
      // After an answer, what is sent next is another request; without one it is the same once more.
      if (refused.code !== UNREACHABLE) setIntent(crypto.randomUUID());
    }
  }

  if (!isOpen) {
    return (
      <button type="button" onClick={() => setOpen(true)}>
        Create key
      </button>
    );
  }
  return (
    // Not an action: React empties a form after one, also when it was refused.
    <form
      aria-label="Create key"
      onSubmit={(event) => {
        event.preventDefault();
        void create(new FormData(event.currentTarget));
      }}
    >
      <Field name="name" label="Name" refusal={refusal?.fields['name']}>
        <input id="name" name="name" />
      </Field>
      <Field name="description" label="Description" refusal={refusal?.fields['description']}>
        <input id="description" name="description" />
      </Field>
      <fieldset>
        <legend>May do</legend>
        <label>
          <input type="checkbox" name="everything" /> everything that I may
        </label>
        {[...new Set([...CAPABILITIES, ...scopes])].map((scope) => (
          <label key={scope}>
            <input type="checkbox" name="scopes" value={scope} defaultChecked={scope === 'data:read'} /> {scope}
          </label>
        ))}
        <Fault of={refusal?.fields['scopes']} />
      </fieldset>
      <Field name="expiresIn" label="Works for" refusal={refusal?.fields['expiresIn']}>
        <select id="expiresIn" name="expiresIn" defaultValue="P90D">
          <option value="P30D">30 days</option>
          <option value="P90D">90 days</option>
          <option value="P365D">365 days</option>
          <option value="">ever</option>
        </select>
      </Field>
      <Field name="allowedNetworks" label="Only from these networks" refusal={refusal?.fields['allowedNetworks']}>
        <input id="allowedNetworks" name="allowedNetworks" placeholder="10.0.0.0/8, 2001:db8::/32" />
      </Field>
      {refusal && Object.keys(refusal.fields).length === 0 && <p role="alert">{refusal.message}</p>}
      <button type="submit">Create</button>
      <button type="button" onClick={() => setOpen(false)}>
        Cancel
      </button>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly refusal: string | undefined;
  readonly children: ReactNode;
}

function Field({ name, label, refusal, children }: FieldProps) {
  return (
    <div>
      <label htmlFor={name}>{label}</label>
      {children}
      <Fault of={refusal} />
    </div>
  );
}

function Fault({ of: message }: { of: string | undefined }) {
  return message === undefined ? null : <strong role="alert">{message}</strong>;
}
