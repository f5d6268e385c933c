import { hashApiKey } from '@objectstack/core';
import { AuditPlugin } from '@objectstack/plugin-audit';
import { SettingsServicePlugin } from '@objectstack/service-settings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let person: Person;
/** Over a socket, so that there is an address. */
let overSocket: Pick<TestKernel, 'request'>;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new SettingsServicePlugin(), new AuditPlugin()] });
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
      expect((await trailOf(answer.apiKey?.id)).map(({ actor }) => actor)).toEqual([who.id]);
    }
  });

  it('never holds the hash or the secret', async () => {
    const { key = '', apiKey } = await graphqlEndpoint(overSocket).mint(bearer(person.token), { name: 'x' });
    const rows = JSON.stringify(await target.sql('SELECT * FROM sys_audit_log'));
    expect(rows).toContain(apiKey?.id);
    expect(rows).not.toContain(hashApiKey(key));
    expect(rows).not.toContain(key);
  });
});
