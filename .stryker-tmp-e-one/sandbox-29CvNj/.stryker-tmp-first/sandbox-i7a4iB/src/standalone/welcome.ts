// @ts-nocheck
// 
import { DEV_ADMIN } from './sign-in/default-password.ts';
import type { SetUpToken } from './sign-in/set-up.ts';
import { SET_UP_PATH } from './sign-in/set-up-page.ts';

/** How the operator makes the first administrator: one line of JSON, as the log has them. */
export function setUpNotice(url: string, { token, expiresAt }: SetUpToken): string {
  const msg = 'this server has no administrator yet: open the URL and enter the set-up token';
  return `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), msg, url: `${url}${SET_UP_PATH}`, setUpToken: token, expiresAt })}\n`;
}

/** What a person who has just started the server in development wants to know. */
export function welcome(url: string, hasConsole: boolean): string {
  const password = process.env['OS_SEED_ADMIN_PASSWORD'] === undefined ? DEV_ADMIN.password : '$OS_SEED_ADMIN_PASSWORD';
  const signIn = JSON.stringify({ email: DEV_ADMIN.email, password });
  const mint = JSON.stringify({
    query: 'mutation { createApiKey(input: { name: "My first key" }) { apiKey { id name prefix } key } }',
  });
  return `
ObjectStack API keys, in development

${hasConsole ? `  Console    ${url}/_console/\n` : ''}  GraphiQL   ${url}/api/v1/graphql
  REST       POST ${url}/api/v1/keys
  MCP        ${url}/api/v1/mcp
  Sign in    ${DEV_ADMIN.email} / ${password}   (POST ${url}/api/v1/auth/sign-in/email)

Mint a key (paste into another terminal):

  TOKEN=$(curl -s ${url}/api/v1/auth/sign-in/email -H 'content-type: application/json' \\
    -d '${signIn}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/') && \\
  curl -s ${url}/api/v1/graphql -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
    -d '${mint}'
`;
}
