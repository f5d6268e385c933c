import { describe, expect, it } from 'vitest';
import { apiKeyIdInput, parseInput, revokeApiKeysOfInput, rotateApiKeyInput } from '../../../src/keys/input/input.ts';
import { refusedFields } from '../../support/refused-fields.ts';

const DAY = 86_400_000;
const OVERLAP = 'The overlap must be an ISO 8601 duration from PT0S to P7D, such as "PT1H".';

/** What is at fault, as `field: code: message`. */
function faults(
  schema: typeof rotateApiKeyInput | typeof apiKeyIdInput | typeof revokeApiKeysOfInput,
  input: unknown,
): string[] {
  const fields = refusedFields(() => parseInput<typeof schema>(schema, input));
  return fields.map(({ field, code, message }) => `${field}: ${code}: ${message}`);
}

describe('the input of rotateApiKey', () => {
  it.each<[string | null | undefined, number]>([
    [undefined, 0],
    [null, 0],
    ['PT0S', 0],
    ['PT1H', 3_600_000],
    ['P7D', 7 * DAY],
    ['P1W', 7 * DAY],
  ])('takes the overlap %s, as %i ms', (overlap, milliseconds) => {
    expect(parseInput(rotateApiKeyInput, { id: 'key_1', overlap })).toEqual({ id: 'key_1', overlap: milliseconds });
  });

  it('ends the old key immediately by default', () => {
    expect(parseInput(rotateApiKeyInput, { id: 'key_1' })).toEqual({ id: 'key_1', overlap: 0 });
  });

  it.each(['P7DT0.001S', 'P8D', 'P1M', '-PT1S', '1h', 'P1D1W', ''])('refuses the overlap "%s"', (overlap) => {
    expect(faults(rotateApiKeyInput, { id: 'key_1', overlap })).toEqual([`overlap: invalid_value: ${OVERLAP}`]);
  });

  it.each([3600, {}, false])('refuses the overlap %j, which is no string', (overlap) => {
    expect(faults(rotateApiKeyInput, { id: 'key_1', overlap })).toEqual([`overlap: invalid_type: ${OVERLAP}`]);
  });

  it('takes nothing of a new key: neither name, scopes nor expiry', () => {
    for (const field of ['name', 'scopes', 'expiresAt', 'owner']) {
      expect(faults(rotateApiKeyInput, { id: 'key_1', [field]: 'x' })).toEqual([
        expect.stringContaining(`${field}: unknown_field: The input has no field "${field}". `),
      ]);
    }
  });
});

const WRONG_PERSON =
  "invalid_value: This is not a valid id of a person. The list of the organization's keys shows the owner of each.";

describe.each([
  ['rotateApiKey', rotateApiKeyInput],
  ['revokeApiKey and restoreApiKey', apiKeyIdInput],
])('the id in the input of %s', (_operation, schema) => {
  it.each(['a', 'x'.repeat(64)])('may be "%s"', (id) => {
    expect(parseInput<typeof schema>(schema, { id })).toMatchObject({ id });
  });

  it.each<[unknown, string]>([
    [undefined, 'invalid_type: The id must be a string.'],
    [null, 'invalid_type: The id must be a string.'],
    [1, 'invalid_type: The id must be a string.'],
    [{ $ne: '' }, 'invalid_type: The id must be a string.'],
    ['', 'too_small: The id must not be empty. The list of keys shows the id of each.'],
    ['x'.repeat(65), 'too_big: The id is too long. The list of keys shows the id of each.'],
    ['{current_user_id}', 'invalid_value: This is not a valid key id. The list of keys shows the id of each.'],
    ['{x}', 'invalid_value: This is not a valid key id. The list of keys shows the id of each.'],
  ])('may not be %j', (id, fault) => {
    expect(faults(schema, { id })).toEqual([`id: ${fault}`]);
  });

  it.each([null, undefined, 'key_1', 1, []])('must be in an object, which %j is not', (input) => {
    expect(refusedFields(() => parseInput<typeof schema>(schema, input))).toEqual([
      expect.objectContaining({ field: 'input', code: 'invalid_type' }),
    ]);
  });
});

describe('the person in the input of revokeApiKeysOf', () => {
  it('is named by an id', () => {
    expect(parseInput(revokeApiKeysOfInput, { userId: 'usr_1' })).toEqual({ userId: 'usr_1' });
  });

  it.each<[unknown, string]>([
    [undefined, 'invalid_type: The userId must be a string.'],
    ['', WRONG_PERSON],
    ['x'.repeat(65), WRONG_PERSON],
    ['{current_user_id}', WRONG_PERSON],
  ])('may not be %j', (userId, fault) => {
    expect(faults(revokeApiKeysOfInput, { userId })).toEqual([`userId: ${fault}`]);
  });
});
