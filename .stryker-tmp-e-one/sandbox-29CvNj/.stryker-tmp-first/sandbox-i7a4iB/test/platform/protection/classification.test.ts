// @ts-nocheck
// 
import * as platformObjects from '@objectstack/platform-objects';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCredentialObject } from '../../../src/platform/protection/credential-objects.ts';
import type { FieldDeclaration, ObjectDeclaration } from '../../../src/platform/protection/declaration.ts';
import { isProtectedField } from '../../../src/platform/protection/protected-fields.ts';
import { bootKernel, type TestKernel } from '../../support/kernel.ts';

type Named = ObjectDeclaration & { readonly name: string; readonly fields: Record<string, FieldDeclaration> };

let server: TestKernel;
let objects: Named[];

beforeAll(async () => {
  server = await bootKernel();
  const { registry } = await server.kernel.getServiceAsync<{ registry: { getAllObjects(): Named[] } }>('objectql');
  const exported: unknown[] = Object.values(platformObjects);
  const shipped = exported.filter(isObject);
  const all = new Map([...shipped, ...registry.getAllObjects()].map((object) => [object.name, object]));
  objects = [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
});

afterAll(() => server[Symbol.asyncDispose]());

test('every table and every field of the platform is classified', async () => {
  const classified = objects.map((object) => {
    const fields = Object.keys(object.fields).sort();
    const secret = fields.filter((field) => isProtectedField(object.name, field, object));
    const open = fields.filter((field) => !secret.includes(field));
    return [
      `${object.name}${isCredentialObject(object.name, object) ? ' (credentials)' : ''}`,
      `  protected: ${secret.join(', ') || '-'}`,
      `  open: ${open.join(', ')}`,
    ].join('\n');
  });
  // A difference here is a table or a field that nobody has looked at. Read what the platform keeps
  // in it, classify it in src/platform/protection, and only then update this file with `vitest -u`.
  await expect(`${classified.join('\n\n')}\n`).toMatchFileSnapshot('classification.txt');
});

describe('every unprotected field that looks like a secret was reviewed', () => {
  const TELLING = /token|secret|passw|hash|digest|credential|private|otp|backup|signature|assertion|(^|_)(key|enc)$/;
  const LOOKED_AT = [
    'sys_http_delivery.dedup_key', // names an event, so that it is delivered once
    'sys_notification_delivery.digest_key', // names the messages that are sent as one
    'sys_job_queue.idempotency_key', // names a job, for the job's own sake
    'sys_jwks.public_key',
    'sys_migration_journal.plan_hash', // a digest of a plan of migrations
    'sys_notification.dedup_key',
    'sys_oauth_application.token_endpoint_auth_method',
    'sys_scim_connection_binding.connection_key', // names a connection
    'sys_scim_group.display_name_key', // these are for comparing and sorting
    'sys_scim_group.external_id_key',
    'sys_scim_group.order_key',
    'sys_scim_group_member.membership_key',
    'sys_scim_identity_tombstone.external_id_key',
    'sys_scim_projection_grant.grant_key',
    'sys_scim_user.connection_user_key',
    'sys_scim_user.external_id_key',
    'sys_scim_user.order_key',
    'sys_scim_user.user_name_key',
    'sys_secret.key', // the name of a setting
    'sys_setting.key',
    'sys_setting_audit.key',
    'sys_team_member.membership_key',
    'sys_user_preference.key',
  ];

  test('by its name', () => {
    const found = objects.flatMap((object) =>
      Object.entries(object.fields)
        .filter(([field, { type }]) => TELLING.test(field) && /text|json|code/.test(String(type)))
        .filter(([field]) => !isProtectedField(object.name, field, object))
        .map(([field]) => `${object.name}.${field}`),
    );
    expect(found.sort()).toEqual(LOOKED_AT.sort());
  });
});

test('a table of sign-in that nobody knows yet is taken for one of credentials', () => {
  expect(isCredentialObject('sys_passkey', { managedBy: 'better-auth' })).toBe(true);
  expect(isCredentialObject('sys_oauth_pushed_request')).toBe(true);
  expect(isCredentialObject('SYS_SESSION')).toBe(true);
  expect(isCredentialObject('sys_vault', { isSystem: true, access: { default: 'private' } })).toBe(true);
  expect(isCredentialObject('sys_vault', { isSystem: true, fields: { pin: { type: 'secret' } } })).toBe(true);
});

test('a table of an application is none, and its secrets are protected as fields', () => {
  const declaration = { fields: { api_password: { type: 'secret' }, note: { type: 'text', hidden: true }, title: {} } };
  expect(isCredentialObject('crm_connection', declaration)).toBe(false);
  expect(isProtectedField('crm_connection', 'api_password', declaration)).toBe(true);
  expect(isProtectedField('crm_connection', 'note', declaration)).toBe(true);
  expect(isProtectedField('crm_connection', 'title', declaration)).toBe(false);
});

test('a new column in a table of credentials is protected', () => {
  const declaration = {
    managedBy: 'better-auth',
    fields: { recovery: { type: 'text' }, created_at: { type: 'datetime' } },
  };
  expect(isProtectedField('sys_session', 'recovery', declaration)).toBe(true);
  expect(isProtectedField('sys_session', 'created_at', declaration)).toBe(false);
});

function isObject(value: unknown): value is Named {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'fields' in value &&
    typeof value.fields === 'object' &&
    value.fields !== null
  );
}
