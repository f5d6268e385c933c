// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { bearer } from './endpoints.ts';
import type { Replica } from './replica.ts';

/** What an administrator or the owner does at one process, in requests; it has to hold at the other at once. */
type End = (key: { id: string; userId: string; email: string; ownerToken: string; adminToken: string }) => {
  readonly path: string;
  readonly method?: string;
  readonly token: string;
  readonly body: object;
};

export const ENDED_ELSEWHERE: Readonly<Record<string, End>> = {
  'revoked at the data API': ({ id, ownerToken }) => ({
    path: `/api/v1/data/sys_api_key/${id}`,
    method: 'PATCH',
    token: ownerToken,
    body: { revoked: true },
  }),
  'revoked through GraphQL': ({ id, ownerToken }) => ({
    path: '/api/v1/graphql',
    token: ownerToken,
    body: { query: `mutation { revokeApiKey(input: { id: "${id}" }) { apiKey { status } } }` },
  }),
  'replaced by a rotation': ({ id, ownerToken }) => ({
    path: `/api/v1/keys/${id}/rotate`,
    token: ownerToken,
    body: {},
  }),
  'revoked by an administrator, with all of its owner,': ({ userId, adminToken }) => ({
    path: '/api/v1/graphql',
    token: adminToken,
    body: { query: `mutation { revokeApiKeysOf(input: { userId: "${userId}" }) { revoked } }` },
  }),
  'of somebody who is removed from the organization': ({ email, adminToken }) => ({
    path: '/api/v1/auth/organization/remove-member',
    token: adminToken,
    body: { memberIdOrEmail: email },
  }),
};

/** A member of the administrator's organization, who signs up at a process with an invitation. */
async function newMember(
  server: Replica,
  adminToken: string,
): Promise<{ userId: string; email: string; token: string }> {
  const email = `member-${randomUUID()}@example.test`;
  const password = `Pass-${randomUUID()}`;
  const invited = await post(server, '/api/v1/auth/organization/invite-member', { email, role: 'member' }, adminToken);
  const invitationId = String(invited['id'] ?? (invited['invitation'] as { id?: string } | undefined)?.id);
  await post(server, '/api/v1/auth/sign-up/email', { email, password, name: 'A Member', invitationId });
  const token = await server.signIn({ email, password });
  await post(server, '/api/v1/auth/organization/accept-invitation', { invitationId }, token);
  const session = await (await server.request('/api/v1/auth/get-session', { headers: bearer(token) })).json();
  return {
    userId: (session as { user: { id: string } }).user.id,
    email,
    token: await server.signIn({ email, password }),
  };
}

async function post(server: Replica, path: string, body: object, token?: string): Promise<Record<string, unknown>> {
  const response = await server.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, ...(token === undefined ? {} : bearer(token)) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

/** A key that is used at one process, and ended at the other. */
export async function expectEndedElsewhere([here, there]: readonly [Replica, Replica], end: End): Promise<void> {
  const adminToken = await here.signIn();
  const { userId, email, token } = await newMember(here, adminToken);
  const { key = '', apiKey } = await here.mint(token, 'to end');
  const use = async (): Promise<number[]> => {
    const graphql = await there.request('/api/v1/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: '{"query":"{ viewer { id } }"}',
    });
    await graphql.arrayBuffer();
    return [await there.use(key), graphql.status];
  };
  expect(await use()).toEqual([200, 200]);
  const {
    path,
    method = 'POST',
    token: who,
    body,
  } = end({
    id: apiKey?.id ?? '',
    userId,
    email,
    ownerToken: token,
    adminToken,
  });
  const response = await here.request(path, {
    method,
    headers: { 'content-type': 'application/json', origin: here.url, ...bearer(who) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect([response.ok, text.includes('"errors"')], text).toEqual([true, false]);
  expect(await use()).toEqual([401, 401]);
}
