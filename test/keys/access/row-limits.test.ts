import { describe, expect, it } from 'vitest';
import { type LimitingSet, limitsNoMore, type RowOperation } from '../../../src/keys/access/row-limits.ts';

const NOTE = 'notes_note';
const rule = (operation: string, using: string, object = NOTE, more: object = {}): LimitingSet => ({
  rowLevelSecurity: [{ object, operation, using, ...more }],
});
const OWN = 'created_by == current_user.id';
const RED = "title == 'red'";

describe('permission sets limit records no more than others', () => {
  it.each<[string, LimitingSet[], LimitingSet[], RowOperation, boolean]>([
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
    [
      'with more rules, any of which lets a record pass',
      [rule('all', OWN), rule('all', RED)],
      [rule('all', OWN)],
      'select',
      true,
    ],
    ['with the same for every object as there is', [rule('all', OWN, '*')], [rule('all', OWN, '*')], 'select', true],
    [
      'with a rule that names no position',
      [rule('all', OWN, NOTE, { positions: [] })],
      [rule('all', OWN)],
      'select',
      true,
    ],
    [
      'with a rule that alone goes by a position',
      [rule('all', OWN, NOTE, { positions: ['a'] })],
      [rule('all', OWN)],
      'select',
      false,
    ],
    [
      'with one that goes by a position among others',
      [rule('all', OWN)],
      [rule('all', OWN, NOTE, { positions: ['a'] })],
      'select',
      false,
    ],
    ['with a rule about this operation', [rule('select', OWN)], [{}], 'select', false],
    ['with a rule about changing where records are read', [rule('update', OWN)], [{}], 'select', true],
    ['with a rule about reading where records are deleted', [rule('select', OWN)], [{}], 'delete', false],
    ['with a rule about reading where records are created', [rule('select', OWN)], [{}], 'insert', true],
    [
      'with the rule about changing, beside which reading does not matter',
      [rule('update', OWN)],
      [rule('update', OWN), rule('select', RED)],
      'update',
      true,
    ],
    [
      'with a check alone, where reading is limited',
      [rule('update', '', NOTE, { check: RED })],
      [rule('update', '', NOTE, { check: RED }), rule('select', OWN)],
      'update',
      false,
    ],
    [
      'with another check',
      [rule('all', OWN, NOTE, { check: RED })],
      [rule('all', OWN, NOTE, { check: OWN })],
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
  ['a field that is read by all may not be hidden', { [`${NOTE}.title`]: { editable: true } }, {}, false],
  ['a field that is edited by all stays so', { [`${NOTE}.title`]: { readable: true } }, {}, false],
  ['fields of other objects do not matter', { 'notes_tag.title': {} }, {}, true],
])('%s', (_name, fields, others, expected) => {
  expect(limitsNoMore([{ fields: fields ?? null }], [{ fields: others ?? null }], NOTE, 'select')).toBe(expected);
});

it.each([0, 1])('a field is as open as the set that opens it most, whichever comes first', (first) => {
  const fields = [{ [`${NOTE}.title`]: { readable: true, editable: true } }, { [`${NOTE}.title`]: {} }];
  const sets = [{ fields: fields[first] ?? null }, { fields: fields[1 - first] ?? null }];
  expect(limitsNoMore(sets, [{}], NOTE, 'select')).toBe(true);
});
