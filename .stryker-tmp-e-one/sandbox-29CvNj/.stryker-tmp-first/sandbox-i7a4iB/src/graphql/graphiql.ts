// @ts-nocheck
// 
import type { Answer } from '../http/answer.ts';
import { inlineScripts } from '../http/content-security-policy.ts';

/** The initial document in GraphiQL. Lines are short because the editor fills half of the window. */
export const GRAPHIQL_DOCUMENT = `# Creates a key for the signed-in person.
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
    email
    scopes
  }
}
`;

/** The sign-in page of the Console. */
const SIGN_IN_PATH = '/_console/login';

/**
 * Adds a line to GraphiQL that shows who is signed in, or a link to sign in. Signing in happens in another
 * tab; the line is updated when the person returns.
 */
export function withSignIn(html: string): string {
  // The last occurrence, because scripts in the page contain the tag, too.
  const end = html.lastIndexOf('</body>');
  return `${html.slice(0, end)}${SIGN_IN_LINE}${html.slice(end)}`;
}

const SIGN_IN_LINE = `
<div id="signed-in" role="status" style="position:fixed;right:16px;bottom:12px;z-index:10;padding:6px 12px;border-radius:6px;
  background:#1f2937;color:#fff;font:14px/1.4 system-ui,sans-serif"></div>
<script>
  const line = document.getElementById('signed-in');
  const ask = async () => {
    try {
      const response = await fetch(location.pathname, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query: '{ viewer { email } }' }),
      });
      if (response.status === 401) {
        const link = Object.assign(document.createElement('a'), { href: '${SIGN_IN_PATH}', target: '_blank', textContent: 'Sign in' });
        link.style.color = '#93c5fd';
        line.replaceChildren('You are not signed in. ', link);
      } else {
        line.textContent = 'Signed in as ' + (await response.json()).data.viewer.email;
      }
    } catch {
      line.textContent = 'Could not find out who is signed in.';
    }
  };
  addEventListener('focus', ask);
  ask();
</script>
`;

/** Adds the content security policy to the GraphiQL page: it runs only its own scripts, and connects only to this server. */
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
