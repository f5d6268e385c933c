// @ts-nocheck
import { randomUUID } from 'node:crypto';
import { generateApiKey } from '@objectstack/core';
import type { Row } from '../../src/platform/engine.ts';
import { newOrganization, type TestEngine, type TestKernel } from './kernel.ts';
import { NOTE_AUTHOR } from './notes-app.ts';

const context = { isSystem: true };

/** A person who never signs in, and a key of theirs as the platform's own route writes it. */
export interface KeyOwner {
  readonly userId: string;
  readonly organizationId: string;
  readonly keyId: string;
  readonly raw: string;
  readonly headers: { readonly 'x-api-key': string };
}

/** Makes somebody with a key, who may work with notes; past every route, since it is about what comes after. */
export async function newKeyOwner(engine: TestEngine, key: Row = {}): Promise<KeyOwner> {
  const userId = `usr_${randomUUID()}`;
  const keyId = `key_${randomUUID()}`;
  const organizationId = await newOrganization(engine);
  const { raw, hash, prefix } = generateApiKey();
  const [set] = await engine.find('sys_permission_set', { where: { name: NOTE_AUTHOR }, context });
  const rows: [string, Row][] = [
    ['sys_user', { id: userId, name: 'An Owner', email: `${userId}@example.test` }],
    ['sys_member', { id: `mem_${randomUUID()}`, user_id: userId, organization_id: organizationId, role: 'member' }],
    ['sys_user_permission_set', { user_id: userId, permission_set_id: set?.['id'] }],
    [
      'sys_api_key',
      {
        id: keyId,
        name: 'a key',
        key: hash,
        prefix,
        user_id: userId,
        active_organization_id: organizationId,
        revoked: false,
        ...key,
      },
    ],
  ];
  for (const [object, row] of rows) await engine.insert(object, row, { context });
  return { userId, organizationId, keyId, raw, headers: { 'x-api-key': raw } };
}

/** What ends a key, in the words of a sentence about it. */
export const ENDINGS: Readonly<Record<string, (target: TestKernel, owner: KeyOwner) => Promise<unknown>>> = {
  'is revoked': ({ engine }, { keyId }) => engine.update('sys_api_key', { id: keyId, revoked: true }, { context }),
  'was deleted': ({ engine }, { keyId }) => engine.delete('sys_api_key', { where: { id: keyId }, context }),
  'has expired': ({ engine }, { keyId }) =>
    engine.update('sys_api_key', { id: keyId, expires_at: new Date(Date.now() - 1).toISOString() }, { context }),
  'has an owner who is banned': ({ engine }, { userId }) =>
    engine.update('sys_user', { id: userId, banned: true }, { context }),
  // The engine deletes nobody who has keys; a program with a connection of its own does.
  'has an owner who was deleted': ({ sql }, { userId }) => sql('DELETE FROM sys_user WHERE id = ?', [userId]),
  'has an owner whose membership ended': ({ engine }, { userId }) =>
    engine.delete('sys_member', { where: { user_id: userId }, multi: true, context }),
  'comes from another network': ({ sql }, { keyId }) =>
    sql(
      `INSERT INTO sys_api_key_detail (id, allowed_networks) VALUES (?, '["192.0.2.0/24"]')
       ON CONFLICT (id) DO UPDATE SET allowed_networks = excluded.allowed_networks`,
      [keyId],
    ),
};
