import { expect, it } from 'vitest';
import { apiKeyPrincipal } from '../../src/auth/principal.ts';
import { requireSession, sessionRequired } from '../../src/auth/session-required.ts';
import { person } from '../support/minting.ts';

it('what needs a session is refused to a key, and to nobody as somebody who could sign in', () => {
  const ada = person('ada');
  expect(requireSession(ada)).toBe(ada);
  const key = apiKeyPrincipal({ userId: 'ada', email: '', organizationId: undefined }, 'k');
  const forKeys = {
    code: 'FORBIDDEN',
    message: 'An API key cannot create or change keys. Sign in and use your session.',
  };
  expect(() => requireSession(key)).toThrow(expect.objectContaining(forKeys));
  expect(() => requireSession(undefined)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  expect(sessionRequired(ada)).toMatchObject({ code: 'UNAUTHENTICATED' });
});
