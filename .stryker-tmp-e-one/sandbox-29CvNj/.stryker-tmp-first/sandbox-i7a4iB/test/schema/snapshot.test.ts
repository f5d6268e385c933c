// @ts-nocheck
// 
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { breakageReport, breakingChanges } from '../../scripts/breaking-changes.ts';
import { schemaText } from '../../src/schema/index.ts';

const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');

describe('schema.graphql', () => {
  it('is the schema', () => {
    expect(schemaText(), 'schema.graphql is stale. Run: npm run schema').toBe(committed);
  });

  it('is not broken by the schema', () => {
    expect(breakageReport(committed, schemaText()) ?? '').toBe('');
  });
});

/** Without descriptions, for changing it with a word. */
const plain = committed.replace(/^ *"""[\s\S]*?"""\n/gm, '');

describe('a change of the schema', () => {
  it.each<[string, string, string, string]>([
    ['a field that is gone', '  status: ApiKeyStatus!\n', '', 'Field ApiKey.status was removed.'],
    [
      'a field that may be null now',
      'prefix: String!',
      'prefix: String',
      'Field ApiKey.prefix changed type from String! to String.',
    ],
    ['a type that is renamed', 'CreateApiKeyPayload', 'CreatedApiKey', 'CreateApiKeyPayload was removed.'],
    ['an input field that is needed now', 'scopes: [String!]\n', 'scopes: [String!]!\n', 'CreateApiKeyInput.scopes'],
    ['an enum value that is gone', '  EXPIRED\n', '', 'Enum value ApiKeyStatus.EXPIRED was removed.'],
  ])('breaks clients: %s', (_case, before, after, expected) => {
    expect(plain).toContain(before);
    const report = breakageReport(plain, plain.replaceAll(before, after));
    expect(report).toContain(expected);
    expect(report).toContain('npm run schema -- --breaking');
  });

  it('may add a field, an optional input field and a value', () => {
    const grown = plain
      .replace('  prefix: String!', '  prefix: String!\n  note: String')
      .replace('scopes: [String!]\n', 'scopes: [String!]\n  note: String\n')
      .replace('  EXPIRED\n', '  EXPIRED\n  SUSPENDED\n');
    expect(grown).toContain('SUSPENDED');
    expect(breakingChanges(plain, grown)).toEqual([]);
  });
});
