// @ts-nocheck
import { randomBytes, randomUUID } from 'node:crypto';
import { generateApiKey } from '@objectstack/core';
import type { Seed } from '../lab/seed.ts';
import { startPlatform } from './platform-kernel.ts';
import type { TargetMessage } from './probe.ts';

/**
 * Lets a platform kernel create its schema in an empty database, and fills in people: each a member
 * of one organization, with a live session and an API key.
 */
const PEOPLE = 1024;
const CHUNK = 128;
const DAY = 86_400_000;

type Row = Record<string, unknown>;
interface Engine {
  insert(object: string, rows: Row[], options: { context: { isSystem: true } }): Promise<unknown>;
}

const kernel = await startPlatform();
const engine = await kernel.getServiceAsync<Engine>('objectql');
const insert = async (object: string, rows: Row[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += CHUNK) {
    await engine.insert(object, rows.slice(at, at + CHUNK), { context: { isSystem: true } });
  }
};

const organizationId = `org_${randomUUID()}`;
const people = Array.from({ length: PEOPLE }, (_, index) => ({
  userId: `usr_${randomUUID()}`,
  email: `person-${index}@example.test`,
  token: randomBytes(24).toString('base64url'),
  key: generateApiKey(),
  scopedKey: generateApiKey(),
}));

await insert('sys_organization', [{ id: organizationId, name: 'Bench', slug: 'bench' }]);
await insert(
  'sys_user',
  people.map(({ userId, email }) => ({ id: userId, name: 'A Person', email, email_verified: true })),
);
await insert(
  'sys_member',
  people.map(({ userId }) => ({
    id: `mem_${randomUUID()}`,
    user_id: userId,
    organization_id: organizationId,
    role: 'member',
  })),
);
await insert(
  'sys_session',
  people.map(({ userId, token }) => ({
    id: `ses_${randomUUID()}`,
    user_id: userId,
    token,
    expires_at: new Date(Date.now() + 7 * DAY),
    active_organization_id: organizationId,
  })),
);
await insert(
  'sys_api_key',
  people.map(({ userId, key }) => ({
    name: 'seed',
    key: key.hash,
    prefix: key.prefix,
    user_id: userId,
    active_organization_id: organizationId,
    revoked: false,
  })),
);
await insert(
  'sys_api_key',
  people.map(({ userId, scopedKey }) => ({
    name: 'seed with scopes',
    key: scopedKey.hash,
    prefix: scopedKey.prefix,
    user_id: userId,
    active_organization_id: organizationId,
    scopes: '["data:read"]',
    revoked: false,
  })),
);
await kernel.shutdown();

const seed: Seed = {
  organizationId,
  credentials: people.map(({ userId, token, key, scopedKey }) => ({
    userId,
    token,
    key: key.raw,
    scopedKey: scopedKey.raw,
  })),
};
const message: TargetMessage = { seeded: seed };
process.send?.(message, () => process.exit(0));
