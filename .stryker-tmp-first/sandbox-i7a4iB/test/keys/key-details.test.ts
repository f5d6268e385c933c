// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let ada: Person;

beforeAll(async () => {
  target = await bootKernel();
  ada = await target.newPerson();
});
afterAll(() => target[Symbol.asyncDispose]());

const FIELDS = 'id description allowedNetworks replaces { id } replacedBy { id } owner { id }';

interface Shown {
  readonly id: string;
  readonly description: string | null;
  readonly allowedNetworks: readonly string[];
  readonly replaces: { readonly id: string } | null;
  readonly replacedBy: { readonly id: string } | null;
  readonly owner: { readonly id: string };
}

async function shown(id: string): Promise<Shown> {
  const query = `query ($id: ID!) { apiKey(id: $id) { ${FIELDS} } }`;
  const { text } = await graphqlEndpoint(target).send(bearer(ada.token), JSON.stringify({ query, variables: { id } }));
  return (JSON.parse(text) as { data: { apiKey: Shown } }).data.apiKey;
}

async function details(): Promise<number> {
  const [row] = await target.sql('SELECT count(*) AS count FROM sys_api_key_detail WHERE last_used_via IS NULL');
  return Number(row?.['count']);
}

const FULL = {
  description: 'Builds\r\nand tests',
  allowedNetworks: ['10.1.2.3/8', '::ffff:192.0.2.7', '2001:DB8::/32'],
};
const CANONICAL = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'];

describe('a new key', () => {
  it('has the description and the networks that were asked for, in their one spelling', async () => {
    const { apiKey } = await graphqlEndpoint(target).mint(bearer(ada.token), { name: 'full', ...FULL });
    expect(await shown(apiKey?.id ?? '')).toEqual({
      id: apiKey?.id,
      description: 'Builds\nand tests',
      allowedNetworks: CANONICAL,
      replaces: null,
      replacedBy: null,
      owner: { id: ada.id },
    });
  });

  it('has both in REST, spelled in snake case', async () => {
    const { status, text } = await restEndpoint(target).mint(bearer(ada.token), {
      name: 'in REST',
      description: 'Builds',
      allowed_networks: '10.0.0.0/8, 192.0.2.7',
    });
    expect(status, text).toBe(201);
    expect(JSON.parse(text)).toMatchObject({ description: 'Builds', allowed_networks: ['10.0.0.0/8', '192.0.2.7'] });
  });

  it('that has neither writes nothing beside its record', async () => {
    const before = await details();
    const { status } = await graphqlEndpoint(target).mint(bearer(ada.token), { name: 'plain' });
    expect(status).toBe(200);
    expect(await details()).toBe(before);
  });

  it.each([
    [{ allowedNetworks: [] }, 'allowedNetworks'],
    [{ allowedNetworks: ['example.org'] }, 'allowedNetworks'],
    [{ allowedNetworks: Array.from({ length: 51 }, (_, at) => `10.0.0.${at}`) }, 'allowedNetworks'],
    [{ description: 'x'.repeat(1001) }, 'description'],
    [{ description: 'a\u202eb' }, 'description'],
    [{ description: 'a\tb' }, 'description'],
  ])('is refused for %j, and nothing is written', async (input, field) => {
    const before = await target.storedKeys();
    const refused = await graphqlEndpoint(target).mint(bearer(ada.token), { name: 'x', ...input });
    expect([refused.status, refused.code, refused.fields]).toEqual([400, 'VALIDATION_FAILED', [field]]);
    expect(await target.storedKeys()).toEqual(before);
  });

  it('is live from its networks alone', async () => {
    const use = async (networks: readonly string[]): Promise<number> => {
      const { key = '' } = await graphqlEndpoint(target).mint(bearer(ada.token), {
        name: 'x',
        allowedNetworks: networks,
      });
      const query = '{ viewer { id } }';
      return (await graphqlEndpoint(target).send({ 'x-api-key': key }, JSON.stringify({ query }))).status;
    };
    expect(await use(['192.0.2.0/24'])).toBe(401);
    // A request that is injected has no address: it comes from nowhere, and a key without networks takes that.
    expect(await use(['0.0.0.0/0', '::/0'])).toBe(401);
  });

  it('asked for with another description is not a repeat', async () => {
    const headers = { ...bearer(ada.token), 'idempotency-key': 'once' };
    const input = { name: 'once', ...FULL };
    const first = await graphqlEndpoint(target).mint(headers, input);
    expect((await graphqlEndpoint(target).mint(headers, input)).apiKey?.id).toBe(first.apiKey?.id);
    for (const other of [{ description: 'other' }, { allowedNetworks: ['10.0.0.0/9'] }]) {
      const reused = await graphqlEndpoint(target).mint(headers, { ...input, ...other });
      expect([reused.status, reused.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
  });
});

describe('a replacement', () => {
  it('has the description and the networks of the key that it replaces, and both say so', async () => {
    const { apiKey } = await graphqlEndpoint(target).mint(bearer(ada.token), {
      name: 'old',
      scopes: ['data:read'],
      ...FULL,
    });
    const old = apiKey?.id ?? '';
    const response = await target.request(`/api/v1/keys/${old}/rotate`, {
      method: 'POST',
      headers: { ...bearer(ada.token), 'content-type': 'application/json' },
      body: '{"overlap":"PT1H"}',
    });
    expect(response.status).toBe(201);
    const replacement = (await response.json()) as { id: string };
    expect(replacement).toMatchObject({
      scopes: ['data:read'],
      description: 'Builds\nand tests',
      allowed_networks: CANONICAL,
      replaces: old,
    });
    expect(await shown(replacement.id)).toMatchObject({ replaces: { id: old }, replacedBy: null });
    expect(await shown(old)).toMatchObject({ replaces: null, replacedBy: { id: replacement.id } });
  });
});
