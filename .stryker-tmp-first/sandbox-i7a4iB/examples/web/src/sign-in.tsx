// @ts-nocheck
import { useState } from 'react';
import { signIn } from './client.ts';

export function SignIn({ onSignedIn }: { onSignedIn: () => unknown }) {
  const [refusal, setRefusal] = useState<string>();
  return (
    <main>
      <h1>Sign in</h1>
      <form
        action={async (form) => {
          const refused = await signIn(String(form.get('email')), String(form.get('password')));
          setRefusal(refused?.message);
          if (refused === undefined) onSignedIn();
        }}
      >
        <label>
          E-mail address <input name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          Password <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {refusal && <p role="alert">{refusal}</p>}
        <button type="submit">Sign in</button>
      </form>
    </main>
  );
}
