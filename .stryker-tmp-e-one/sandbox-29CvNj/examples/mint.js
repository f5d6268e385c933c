// @ts-nocheck
// A GraphQL client: signs in, creates an API key, and writes the key to standard output, once.
//
//   OBJECTSTACK_EMAIL=… OBJECTSTACK_PASSWORD=… node mint.js "My first key"
import { randomUUID } from 'node:crypto';
import { GraphQLClient } from 'graphql-request';
import { CreateApiKeyDocument, ListApiKeysDocument } from 'objectstack-api-keys/operations';

const url = process.env.OBJECTSTACK_URL ?? 'http://localhost:3000';
const name = process.argv[2] ?? 'My first key';

const response = await fetch(`${url}/api/v1/auth/sign-in/email`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ email: process.env.OBJECTSTACK_EMAIL, password: process.env.OBJECTSTACK_PASSWORD }),
});
if (!response.ok) throw new Error(`Signing in failed with status ${response.status}.`);
const { token } = await response.json();

const client = new GraphQLClient(`${url}/api/v1/graphql`, {
  headers: { authorization: `Bearer ${token}` },
  method: 'POST',
});
const { createApiKey } = await client.request({
  document: CreateApiKeyDocument,
  variables: { input: { name } },
  // However often this request is sent, it makes one key.
  requestHeaders: { 'idempotency-key': randomUUID() },
});
process.stdout.write(`${createApiKey.key}\n`);

const { viewer } = await client.request(ListApiKeysDocument, {});
for (const key of viewer.apiKeys.nodes) process.stderr.write(`${key.prefix}…  ${key.status}  ${key.name}\n`);
