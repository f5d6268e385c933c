import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode, ServiceError } from '../../src/base/errors.ts';
import { parseIdempotencyKey } from '../../src/keys/input/idempotency.ts';
import { parseCreateApiKeyInput, parseInput } from '../../src/keys/input/input.ts';
import { updateApiKeyPolicyInput } from '../../src/keys/input/policy.ts';
import type { ApiKey } from '../../src/keys/record/api-key.ts';
import { toCreateInput, toPolicyInput, withoutEmpty } from '../../src/rest/body.ts';
import { errorAnswer } from '../../src/rest/envelope.ts';
import { type KeyDetail, NO_DETAIL, spellKey } from '../../src/rest/representation.ts';
import { rotateKeyBody } from '../../src/rest/rotate-key.ts';
import { type Described, described, faults, objectsIn, propertiesOf } from '../support/open-api.ts';

const taken = (parse: () => unknown): boolean => {
  try {
    parse();
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'VALIDATION_FAILED') return false;
    throw error;
  }
};

const FULL: ApiKey = {
  id: 'k1',
  ownerId: 'u1',
  name: 'CI',
  prefix: 'osk_12345678',
  scopes: ['member_default'],
  expiresAt: new Date('2999-01-01T00:00:00.000Z'),
  organizationId: 'o1',
  createdAt: new Date('2030-01-01T00:00:00.000Z'),
  lastUsedAt: new Date('2030-02-01T00:00:00.000Z'),
  revoked: false,
};
const FULL_DETAIL: KeyDetail = {
  description: 'Builds',
  allowedNetworks: ['10.0.0.0/8'],
  replaces: 'k0',
  lastUsedVia: 'MCP',
  lastUsedFrom: '192.0.2.0/24',
};
const BARE: ApiKey = { ...FULL, scopes: [], expiresAt: undefined, organizationId: undefined, lastUsedAt: undefined };

describe('a key', () => {
  it('is spelled in snake case', () => {
    expect(spellKey(FULL, FULL_DETAIL)).toEqual({
      id: 'k1',
      name: 'CI',
      description: 'Builds',
      prefix: 'osk_12345678',
      scopes: ['member_default'],
      expires_at: '2999-01-01T00:00:00.000Z',
      allowed_networks: ['10.0.0.0/8'],
      replaces: 'k0',
      active_organization_id: 'o1',
      created_at: '2030-01-01T00:00:00.000Z',
      last_used_at: '2030-02-01T00:00:00.000Z',
      last_used_via: 'MCP',
      last_used_from: '192.0.2.0/24',
      status: 'ACTIVE',
    });
  });

  it('leaves out fields without a value', () => {
    expect(Object.keys(spellKey(BARE, NO_DETAIL))).toEqual(['id', 'name', 'prefix', 'created_at', 'status']);
  });
});

/** Every value that this endpoint makes of a key and its secret, by the schema that describes it. */
const answers = (
  fields: ApiKey,
  detail: KeyDetail,
  key: string | null,
): [schema: string, body: Described, inner: string][] => {
  const created = { ...spellKey(fields, detail), key };
  return [
    ['CreatedKey', { ...created, data: created }, 'data'],
    ['RotatedKey', { ...created, previous: spellKey(fields, detail) }, 'previous'],
  ];
};

describe.each(answers(FULL, FULL_DETAIL, 'osk_secret'))('%s', (name, full, inner) => {
  const schema = `schemas/${name}`;
  const bare = (answers(BARE, NO_DETAIL, null).find(([other]) => other === name) ?? [])[1] as Described;

  it('describes a key with all that it may have, with nothing that it may lack, and in each status', () => {
    expect(faults(schema, full)).toEqual([]);
    expect(faults(schema, bare)).toEqual([]);
    for (const status of ['REVOKED', 'EXPIRED']) expect(faults(schema, { ...full, status })).toEqual([]);
  });

  it('describes what comes and no more, within as well', () => {
    expect(Object.keys(propertiesOf(name)).sort()).toEqual(Object.keys(full).sort());
    const within = (propertiesOf(name)[inner] as { properties: Described }).properties;
    expect(Object.keys(within).sort()).toEqual(Object.keys(full[inner] as Described).sort());
    expect(faults(schema, { ...full, hash: 'x' })).not.toEqual([]);
    expect(faults(schema, { ...full, [inner]: { ...(full[inner] as Described), hash: 'x' } })).not.toEqual([]);
  });

  it('says that what always comes does', () => {
    for (const property of Object.keys(full)) {
      const { [property]: _, ...rest } = full;
      expect(faults(schema, rest).length === 0, property).toBe(!(property in bare));
    }
    for (const property of Object.keys(full[inner] as Described)) {
      const { [property]: _, ...rest } = full[inner] as Described;
      expect(faults(schema, { ...full, [inner]: rest }).length === 0, property).toBe(
        !(property in (bare[inner] as Described)),
      );
    }
  });

  it.each([
    ['id', 7],
    ['id', null],
    ['name', null],
    ['prefix', null],
    ['scopes', 'member_default'],
    ['scopes', [7]],
    ['expires_at', 'tomorrow'],
    ['expires_at', null],
    ['expires_at', '2031-01-01T00:00:00'],
    ['active_organization_id', null],
    ['created_at', '2030-01-01'],
    ['status', 'active'],
    ['status', ''],
    ['key', 7],
    [inner, {}],
  ])('knows that %s is not %j', (property, value) => {
    expect(faults(schema, { ...full, [property]: value })).not.toEqual([]);
  });

  it('takes any offset for an instant, as RFC 3339 does', () => {
    expect(faults(schema, { ...full, expires_at: '2031-01-01T02:00:00+02:00' })).toEqual([]);
  });
});

describe('a body is described as it is read', () => {
  it.each<[body: Described, valid: boolean]>([
    [{ name: 'CI' }, true],
    [{ name: 'CI', scopes: ['member_default'], expires_at: '2031-01-01T00:00:00Z' }, true],
    [{ name: 'CI', scopes: null, expires_at: null }, true],
    [{ name: 'CI', expires_at: 1_924_992_000 }, true],
    [{ name: 'CI', expires_in: 'P90D' }, true],
    [{ name: 'CI', expires_in: 'never' }, true],
    [{ name: 'CI', expires_in: 'date', expires_at: '2031-01-01T00:00:00Z' }, true],
    [{ name: 'CI', expires_in: null }, true],
    [{ name: 'CI', expires_in: '', expires_at: '', scopes: '' }, true],
    [{ name: 'CI', scopes: ['*'] }, true],
    [{}, false],
    [{ name: null }, false],
    [{ name: 7 }, false],
    [{ name: 'x'.repeat(255) }, true],
    [{ name: 'x'.repeat(256) }, false],
    [{ name: 'CI', user_id: 'somebody' }, false],
    [{ name: 'CI', expiresAt: '2031-01-01T00:00:00Z' }, false],
    [{ name: 'CI', expires_at: '2031-01-01' }, false],
    [{ name: 'CI', expires_at: true }, false],
    [{ name: 'CI', expires_in: 'soon' }, false],
    [{ name: 'CI', expires_in: 90 }, false],
    [{ name: 'CI', expiresIn: 'P90D' }, false],
    [{ name: 'CI', scopes: [] }, false],
    [{ name: 'CI', description: 'one\ntwo', allowed_networks: ['10.0.0.0/8', '2001:db8::1'] }, true],
    [{ name: 'CI', description: '', allowed_networks: '10.0.0.0/8, 192.0.2.7' }, true],
    [{ name: 'CI', description: null, allowed_networks: null }, true],
    [{ name: 'CI', allowed_networks: [] }, false],
    [{ name: 'CI', description: 7 }, false],
    [{ name: 'CI', allowedNetworks: ['10.0.0.0/8'] }, false],
    [{ name: 'CI', scopes: ['*', 'data:read'] }, false],
    [{ name: 'CI', expires_at: {} }, false],
    [{ name: 'CI', scopes: 'member_default' }, false],
    [{ name: 'CI', scopes: ['Admin Everything'] }, false],
    [{ name: 'CI', scopes: Array.from({ length: 101 }, () => 'a') }, false],
  ])('CreateKey: %j', (body, valid) => {
    expect(taken(() => parseCreateApiKeyInput(toCreateInput(body as object)))).toBe(valid);
    expect(faults('schemas/CreateKey', body).length === 0).toBe(valid);
  });

  it.each<[body: unknown, valid: boolean]>([
    [{}, true],
    [{ overlap: 'PT1H' }, true],
    [{ overlap: null }, true],
    [{ overlap: '' }, true],
    [{ overlap: 'soon' }, false],
    [{ overlap: 7 }, false],
    [{ id: 'k1' }, false],
    [{ name: 'CI' }, false],
  ])('RotateKey: %j', (body, valid) => {
    expect(taken(() => parseInput(rotateKeyBody, withoutEmpty(body as object)))).toBe(valid);
    expect(faults('schemas/RotateKey', body).length === 0).toBe(valid);
  });

  it.each<[body: unknown, valid: boolean]>([
    [{}, true],
    [{ max_lifetime: 'P90D', default_lifetime: 'P30D', revoke_unused_after: 'P30D' }, true],
    [{ max_lifetime: null, require_scopes: null, who_may_mint: null }, true],
    [{ max_lifetime: 'none', require_scopes: 'none', who_may_mint: 'none' }, true],
    [{ max_lifetime: '', require_scopes: '', who_may_mint: '' }, true],
    [{ require_scopes: true, who_may_mint: 'ADMINISTRATORS' }, true],
    [{ max_lifetime: 'soon' }, false],
    [{ require_scopes: 'yes' }, true],
    [{ require_scopes: 'no' }, true],
    [{ require_scopes: 'maybe' }, false],
    [{ who_may_mint: 'EVERYBODY' }, false],
    [{ maxLifetime: 'P90D' }, false],
    [{ id: 'org_x' }, false],
  ])('UpdatePolicy: %j', (body, valid) => {
    expect(taken(() => parseInput(updateApiKeyPolicyInput, toPolicyInput(body as object)))).toBe(valid);
    expect(faults('schemas/UpdatePolicy', body).length === 0).toBe(valid);
  });

  it.each(['a', '!', '~', 'x'.repeat(255), '', 'x'.repeat(256), 'a b', ' ', '\x7f', 'é', 'a,b'])(
    'Idempotency-Key: %j',
    (value) => {
      const described = faults('parameters/IdempotencyKey/schema', value).length === 0;
      expect(described).toBe(taken(() => parseIdempotencyKey(value)));
    },
  );

  it('an expiry as a number says of what it is a number', () => {
    const { anyOf } = propertiesOf('CreateKey')['expires_at'] as { anyOf: Described[] };
    expect(anyOf.find(({ type }) => type === 'number')).toEqual({
      type: 'number',
      description: 'Unix time: seconds below 1e12, else milliseconds.',
    });
  });
});

describe('Error', () => {
  const field = { field: 'name', code: 'invalid_value', message: 'The name must not be empty.' };
  const error = { code: 'VALIDATION_FAILED', message: 'No.', httpStatus: 400, details: { fields: [field] } };

  it('describes every error that this endpoint answers with', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      for (const fields of [[], [{ fields: [field] }]]) {
        const answer = errorAnswer(new ServiceError(code, ...fields));
        expect(faults('schemas/Error', JSON.parse(answer.body ?? '')), code).toEqual([]);
      }
    }
    const { code } = (propertiesOf('Error')['error'] as { properties: { code: { enum: string[] } } }).properties;
    expect(code.enum).toEqual(Object.keys(ERRORS));
  });

  it.each<[string, Described]>([
    ['a success', { success: true, error }],
    ['no success', { error }],
    ['no error', { success: false }],
    ['more', { success: false, error, stack: 'x' }],
    ['another code', { success: false, error: { ...error, code: 'OTHER' } }],
    ['more of the error', { success: false, error: { ...error, stack: 'x' } }],
    ['no message', { success: false, error: { ...error, message: undefined } }],
    ['a status that is none', { success: false, error: { ...error, httpStatus: '400' } }],
    ['no fields', { success: false, error: { ...error, details: {} } }],
    ['more details', { success: false, error: { ...error, details: { fields: [field], cause: 'x' } } }],
    [
      'a field without a name',
      { success: false, error: { ...error, details: { fields: [{ ...field, field: null }] } } },
    ],
    [
      'a field with its value',
      { success: false, error: { ...error, details: { fields: [{ ...field, value: 'x' }] } } },
    ],
  ])('does not describe one with %s', (_case, value) => {
    expect(faults('schemas/Error', JSON.parse(JSON.stringify(value)))).not.toEqual([]);
  });

  it('is closed wherever it is an object', () => {
    const objects = objectsIn(described.components['schemas']).filter(({ type }) => type === 'object');
    expect(objects.length).toBeGreaterThan(8);
    for (const object of objects) expect(object).toMatchObject({ additionalProperties: false });
  });
});

describe('the headers are described as they come', () => {
  it.each([
    ['Location', '/base/data/sys_api_key/k1', 'not an address'],
    ['Idempotency-Replayed', 'true', 'false'],
    ['Retry-After', '60', 'soon'],
    ['Retry-After', '2', '1.5'],
    ['WWW-Authenticate', 'Bearer realm="ObjectStack"', 7],
  ])('%s may be %j, and not %j', (name, value, another) => {
    expect(faults(`headers/${name}/schema`, value)).toEqual([]);
    expect(faults(`headers/${name}/schema`, another)).not.toEqual([]);
    expect(faults(`headers/${name}/schema`, 7)).not.toEqual([]);
  });
});
