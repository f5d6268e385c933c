// @ts-nocheck
// 
import { execFileSync } from 'node:child_process';
import { hashApiKey } from '@objectstack/core';
import { SettingsServicePlugin } from '@objectstack/service-settings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { blocksOf } from '../support/markdown.ts';
import { vaultApp } from '../support/vault-app.ts';

let target: TestKernel;
let person: Person;
/** Over a socket, so that there is an address. */
let overSocket: Pick<TestKernel, 'request'>;

beforeAll(async () => {
  target = await bootKernel({ plugins: [vaultApp, new SettingsServicePlugin()] });
  person = await target.newPerson();
  overSocket = { request: (path, init) => fetch(`${target.url}${path}`, init) };
});
afterAll(() => target[Symbol.asyncDispose]());

const trailOf = async (keyId: string | undefined) =>
  (await target.sql("SELECT * FROM sys_audit_log WHERE object_name = 'sys_api_key'"))
    .filter((row) => row['record_id'] === keyId)
    .map((row) => ({
      actor: row['user_id'],
      organization: row['organization_id'],
      address: row['ip_address'],
      ...(JSON.parse(String(row['metadata'])) as { action: string; prefix: string; request_id: string }),
    }));

const change = (operation: string, type: string, input: object) =>
  graphql<Record<string, { apiKey: { id: string; prefix: string } }>>(
    overSocket,
    { ...bearer(person.token), 'x-request-id': `id-of-${operation}` },
    `mutation ($input: ${type}!) { ${operation}(input: $input) { apiKey { id prefix } } }`,
    { input },
  );

describe('the audit trail of the platform', () => {
  it.each([
    ['GraphQL', graphqlEndpoint],
    ['REST', restEndpoint],
  ] as const)(
    'has one row for a key minted through %s, with who, which, where and by which request',
    async (name, connect) => {
      const answer = await connect(overSocket).mint(
        { ...bearer(person.token), 'x-request-id': 'mint-1' },
        { name: 'x' },
      );
      expect(answer.key).toMatch(/^osk_/);
      expect(await trailOf(answer.apiKey?.id)).toEqual([
        {
          action: 'create',
          actor: person.id,
          organization: person.organizationId,
          address: '127.0.0.1',
          prefix: answer.apiKey?.prefix,
          request_id: 'mint-1',
          endpoint: name.toLowerCase(),
        },
      ]);
    },
  );

  it('has one row each for revoking, restoring and rotating, and none for a change that changes nothing', async () => {
    const { apiKey } = await graphqlEndpoint(overSocket).mint(bearer(person.token), { name: 'x' });
    const id = apiKey?.id;
    await change('revokeApiKey', 'RevokeApiKeyInput', { id });
    await change('revokeApiKey', 'RevokeApiKeyInput', { id });
    await change('restoreApiKey', 'RestoreApiKeyInput', { id });
    const rotated = await change('rotateApiKey', 'RotateApiKeyInput', { id });

    const of = (action: string, operation: string) => ({
      action,
      actor: person.id,
      organization: person.organizationId,
      address: '127.0.0.1',
      prefix: apiKey?.prefix,
      request_id: `id-of-${operation}`,
      endpoint: 'graphql',
    });
    const trail = await trailOf(id);
    expect(trail).toHaveLength(4);
    expect(trail).toEqual(
      expect.arrayContaining([
        of('revoke', 'revokeApiKey'),
        of('restore', 'restoreApiKey'),
        of('rotate', 'rotateApiKey'),
      ]),
    );
    const replacement = rotated.data?.['rotateApiKey']?.apiKey;
    expect(await trailOf(replacement?.id)).toEqual([{ ...of('rotate', 'rotateApiKey'), prefix: replacement?.prefix }]);
  });

  it('names each person in a batch of several', async () => {
    const people = [person, await target.newPerson(), await target.newPerson()];
    const minted = await Promise.all(
      people.flatMap((who) =>
        [1, 2, 3].map(async () => ({
          who,
          answer: await graphqlEndpoint(overSocket).mint(bearer(who.token), { name: 'x' }),
        })),
      ),
    );
    for (const { who, answer } of minted) {
      const { id: actor, organizationId: organization } = who;
      expect(await trailOf(answer.apiKey?.id)).toMatchObject([{ actor, organization, action: 'create' }]);
    }
  });

  it('and the log name the keys to revoke after a backup was restored, as docs/operations.md finds them', async () => {
    const mint = async () => (await graphqlEndpoint(overSocket).mint(bearer(person.token), { name: 'x' })).apiKey?.id;
    const [before, revoked, rotated, deleted, kept] = [
      await mint(),
      await mint(),
      await mint(),
      await mint(),
      await mint(),
    ];
    await change('revokeApiKey', 'RevokeApiKeyInput', { id: before });
    const since = new Date().toISOString();
    await change('revokeApiKey', 'RevokeApiKeyInput', { id: revoked });
    await change('rotateApiKey', 'RotateApiKeyInput', { id: rotated });
    await target.engine.delete('sys_api_key', { where: { id: deleted }, context: { isSystem: true } });

    const code = (await blocksOf('docs/operations.md'))
      .map((block) => block.code)
      .find((text) => text.includes('$SINCE'));
    const log = target
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .join('\n');
    const found = execFileSync('sh', ['-c', code?.replace(' server.log', '') ?? ''], {
      input: log,
      encoding: 'utf8',
      env: { ...process.env, SINCE: since },
    });
    expect(found.trim().split('\n').sort()).toEqual([revoked, rotated, deleted].sort());
    const query = (await blocksOf('docs/operations.md')).find(({ code: sql }) =>
      sql.includes('FROM sys_audit_log\nWHERE created_at'),
    );
    const trail = await target.sql(query?.code.replace('2031-01-01', since).replace(/;$/, '') ?? '');
    const named = trail.filter((row) => row['object_name'] === 'sys_api_key').map((row) => row['record_id']);
    expect(named).toEqual(expect.arrayContaining([revoked, rotated, deleted]));
    expect(named).not.toContain(kept);
  });

  it('never holds the hash or the secret', async () => {
    const { key = '', apiKey } = await graphqlEndpoint(overSocket).mint(bearer(person.token), { name: 'x' });
    const rows = JSON.stringify(await target.sql('SELECT * FROM sys_audit_log'));
    expect(rows).toContain(apiKey?.id);
    expect(rows).not.toContain(hashApiKey(key));
    expect(rows).not.toContain(key);
  });

  it('and the feed leave out what nobody may read in the record itself', async () => {
    const context = { isSystem: true };
    const secrets = { pin: 'pin-of-the-vault', note: 'note-of-the-vault', phrase: 'phrase-of-the-vault' };
    await target.engine.insert(
      'vault_entry',
      { id: 'vault', title: 'Vault', organization_id: person.organizationId, ...secrets },
      { context },
    );
    await target.engine.update('vault_entry', { id: 'vault', title: 'Safe', pin: 'pin-of-the-safe' }, { context });
    const invitation = {
      id: 'inv_that_signs_up',
      email: 'invited@example.test',
      organization_id: person.organizationId,
      role: 'member',
      inviter_id: person.id,
      status: 'pending',
      expires_at: new Date(Date.now() + 60_000),
    };
    await target.engine.insert('sys_invitation', invitation, { context });

    const trail = await target.sql('SELECT * FROM sys_audit_log');
    const feed = await target.sql('SELECT * FROM sys_activity');
    const of = (rows: typeof trail, object: string) => rows.filter((row) => row['object_name'] === object);
    // What may be read is there.
    expect(of(trail, 'vault_entry').map(({ new_value }) => JSON.parse(String(new_value)).title)).toEqual(
      expect.arrayContaining(['Vault', 'Safe']),
    );
    expect(of(feed, 'vault_entry').map(({ metadata }) => JSON.parse(String(metadata)).new.title)).toEqual(
      expect.arrayContaining(['Vault', 'Safe']),
    );
    expect(JSON.stringify([trail, feed])).not.toMatch(/-of-the-(?:vault|safe)|inv_that_signs_up|invited@/);
    expect(of(trail, 'sys_invitation').length).toBeGreaterThan(0);
    expect([...of(feed, 'sys_invitation'), ...of(feed, 'sys_api_key')]).toEqual([]);
  });

  it('says who made a key and from where, in one request of an administrator (docs/keys.md)', async () => {
    const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    const member = await target.newPerson({ organizationId: admin.organizationId ?? null });
    const { apiKey } = await graphqlEndpoint(overSocket).mint(bearer(member.token), { name: 'of whom?' });
    const answer = await target.request(
      `/api/v1/data/sys_audit_log?object_name=sys_api_key&record_id=${apiKey?.id}&select=created_at,user_id,ip_address`,
      { headers: bearer(admin.token) },
    );
    const { records } = (await answer.json()) as { records: Record<string, unknown>[] };
    expect(records).toEqual([
      expect.objectContaining({ user_id: member.id, ip_address: '127.0.0.1', created_at: expect.any(String) }),
    ]);
  });

  it('is read by administrators, and changed by nobody', async () => {
    const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    const { key = '' } = await graphqlEndpoint(target).mint(bearer(admin.token), { name: 'of an administrator' });
    const [row] = await target.sql('SELECT * FROM sys_audit_log ORDER BY id');
    const send = async (path: string, headers: Record<string, string>, method = 'GET', body?: object) =>
      (
        await target.request(`/api/v1/data/sys_audit_log${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          ...(body && { body: JSON.stringify(body) }),
        })
      ).status;
    expect(await send('', bearer(admin.token))).toBe(200);
    expect(await send('', bearer(person.token))).toBe(403);
    for (const headers of [bearer(admin.token), { 'x-api-key': key }]) {
      expect(await send(`/${row?.['id']}`, headers, 'PATCH', { action: 'read' })).toBeGreaterThanOrEqual(400);
      expect(await send(`/${row?.['id']}`, headers, 'DELETE')).toBeGreaterThanOrEqual(400);
      expect(await send('', headers, 'POST', { action: 'create', object_name: 'x' })).toBeGreaterThanOrEqual(400);
    }
    expect(await target.sql('SELECT * FROM sys_audit_log WHERE id = ?', [row?.['id']])).toEqual([row]);
  });
});
