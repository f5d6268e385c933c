import type { Answer } from '../http/answer.ts';
import { inlineScripts } from '../http/content-security-policy.ts';

/** What GraphiQL shows first: the mutation, filled in, and who is asking. */
export const GRAPHIQL_DOCUMENT = `# Sign in first (POST /api/v1/auth/sign-in/email): the session cookie of this browser
# counts here, or put { "Authorization": "Bearer <session token>" } into the Headers tab.

mutation CreateApiKey {
  createApiKey(input: { name: "My first key" }) {
    apiKey {
      id
      name
      prefix
      expiresAt
      status
    }
    # Shown once. Copy it now.
    key
  }
}

query Viewer {
  viewer {
    id
    email
    organizationId
    scopes
  }
}
`;

/** Gives an answer that is GraphiQL its policy: it runs its own scripts, and talks to this server alone. */
export function withPagePolicy(answer: Answer): Answer {
  if (answer.body === null || !answer.headers.get('content-type')?.startsWith('text/html')) return answer;
  answer.headers.set(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      `script-src 'self' blob: ${inlineScripts(answer.body)}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "worker-src 'self' blob: data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  return answer;
}
