// @ts-nocheck
// 
import { describe, expect, it } from 'vitest';
import { type LimitingSet, limitsNoMore } from '../../../src/keys/access/row-limits.ts';

const NOTE = 'notes_note';
const rule = (operation: string, using: string, object = NOTE, more: object = {}): LimitingSet => ({
  rowLevelSecurity: [{ object, operation, using, ...more }],
});
const OWN = 'created_by == current_user.id';
const RED = "title == 'red'";

describe('permission sets limit records no more than others', () => {
  it.each<[string, LimitingSet[], LimitingSet[], 'select' | 'update', boolean]>([
    ['without rules', [{}], [rule('all', OWN)], 'select', true],
    ['with the same rule', [rule('all', OWN)], [rule('all', OWN)], 'select', true],
    ['with one where there is none', [rule('all', OWN)], [{}], 'select', false],
    ['with another one', [rule('all', RED)], [rule('all', OWN)], 'select', false],
    ['with one of two', [rule('all', RED)], [rule('all', RED), rule('all', OWN)], 'select', false],
    ['with a rule about another operation', [rule('select', OWN)], [{}], 'update', false],
    ['with a rule about another object', [rule('all', OWN, 'notes_tag')], [{}], 'select', true],
    ['with a rule that is switched off', [rule('all', OWN, NOTE, { enabled: false })], [{}], 'select', true],
    ['with the same for one object', [rule('all', OWN)], [rule('all', OWN), rule('all', OWN, '*')], 'update', true],
    ['with the same for every object', [rule('all', OWN, '*')], [rule('all', OWN)], 'update', false],
    [
      'with a rule that goes by a position',
      [rule('all', OWN, NOTE, { positions: ['chief'] })],
      [rule('all', OWN, NOTE, { positions: ['chief'] })],
      'select',
      false,
    ],
  ])('%s', (_name, sets, others, operation, expected) => {
    expect(limitsNoMore(sets, others, NOTE, operation)).toBe(expected);
  });
});

it.each<[string, LimitingSet['fields'], LimitingSet['fields'], boolean]>([
  ['a field that is hidden from nobody may not be hidden', { [`${NOTE}.title`]: { readable: false } }, {}, false],
  ['a field may be as hidden as it is', { [`${NOTE}.title`]: {} }, { [`${NOTE}.title`]: {} }, true],
  [
    'a field that is edited stays so',
    { [`${NOTE}.title`]: { readable: true } },
    { [`${NOTE}.title`]: { readable: true, editable: true } },
    false,
  ],
  ['fields of other objects do not matter', { 'notes_tag.title': {} }, {}, true],
])('%s', (_name, fields, others, expected) => {
  expect(limitsNoMore([{ fields: fields ?? null }], [{ fields: others ?? null }], NOTE, 'select')).toBe(expected);
});
