import { describe, expect, it } from 'vitest';
import type { PermissionSet } from '../../../src/keys/access/mcp-tools.ts';
import { keepsLimits, type LimitingSet } from '../../../src/keys/access/row-limits.ts';

type Set = PermissionSet & LimitingSet;

const NOTE = 'notes_note';
const OWN = 'created_by == current_user.id';
const RED = "title == 'red'";
const ORGANIZATION = 'organization_id == current_user.organization_id';
const reads = (object: string = NOTE): Set => ({ objects: { [object]: { allowRead: true } } });
const rule = (operation: string, using: string, more: object = {}): Set => ({
  ...reads(),
  rowLevelSecurity: [{ object: NOTE, operation, using, ...more }],
});
const field = (name: string, readable: boolean, editable = readable): Set => ({
  ...reads(),
  fields: { [name]: { readable, editable } },
});

describe('a key that keeps some of its permission sets', () => {
  it.each<[string, Set[], Set[], boolean]>([
    ['loses no limit where there is none', [reads()], [], true],
    ['keeps the rules that it keeps', [rule('all', OWN)], [], true],
    ['sees more without the only set with a rule', [reads()], [rule('all', OWN)], false],
    ['sees less with one rule of two', [rule('all', OWN)], [rule('all', RED)], true],
    ['sees more without the rule of an operation', [rule('select', OWN)], [rule('update', RED)], false],
    ['keeps a rule that another set has as well', [rule('all', OWN)], [rule('all', OWN)], true],
    ['needs no limits where no right is left', [{}], [rule('all', OWN)], true],
    ['needs no limits on objects without rights', [reads('notes_tag')], [rule('all', OWN)], true],
    ['needs limits where a right on every object is left', [reads('*')], [rule('all', OWN)], false],
    [
      'is not helped by a right that is switched off',
      [{ objects: { [NOTE]: { allowRead: false } } }],
      [rule('all', OWN)],
      true,
    ],
    ['loses nothing with a rule that is switched off', [reads()], [rule('all', OWN, { enabled: false })], true],
    [
      'loses nothing with a rule that goes by a position',
      [reads()],
      [rule('all', OWN, { positions: ['chief'] })],
      true,
    ],
    ['loses a rule that names no position', [reads()], [rule('all', OWN, { positions: [] })], false],
    ['loses a rule for every object', [reads('notes_tag')], [rule('all', OWN, { object: '*' })], false],
    [
      'is not held by a rule for every object alone, which is left out at times',
      [rule('all', RED, { object: '*' })],
      [rule('all', OWN)],
      false,
    ],
    [
      'is not held by a rule about the organization alone, which is left out at times',
      [rule('all', 'organization_id == current_user.organization_id')],
      [rule('all', OWN)],
      false,
    ],
    [
      'keeps a rule for every object that is all there was',
      [rule('all', RED, { object: '*' })],
      [rule('all', RED, { object: '*' })],
      true,
    ],
    ['loses a check of what is written', [reads()], [rule('insert', '', { check: RED })], false],
    [
      'keeps a check of what is written',
      [rule('insert', '', { check: RED })],
      [rule('insert', '', { check: OWN })],
      true,
    ],
    ['is not held by a rule for reading where rows are created', [rule('select', OWN)], [rule('insert', RED)], false],
    [
      'falls back to the rule for reading, which is not the one for changing that it had',
      [rule('select', OWN)],
      [rule('update', RED), rule('delete', RED)],
      false,
    ],
    ['needs rules about creating itself', [rule('select', OWN), rule('update', OWN)], [rule('insert', RED)], false],
    ['is not held in creating by the same rule about reading', [rule('select', OWN)], [rule('insert', OWN)], false],
    ['falls back to the same rule about reading where it changes', [rule('select', OWN)], [rule('update', OWN)], true],
    ['falls back to the same rule about reading where it deletes', [rule('select', OWN)], [rule('delete', OWN)], true],
    ['falls back to no more than it had', [rule('select', OWN), rule('select', RED)], [rule('update', OWN)], false],
    ['has no check to fall back to', [rule('select', '', { check: RED })], [rule('update', '', { check: RED })], false],
    [
      'does not fall back where a rule is left',
      [rule('select', OWN), rule('update', ORGANIZATION)],
      [rule('update', OWN)],
      false,
    ],
    [
      'keeps all rules, though each may be left out at times',
      [rule('all', ORGANIZATION), rule('all', OWN, { object: '*' })],
      [],
      true,
    ],
    [
      'is held by one rule that is always in force',
      [rule('all', OWN), rule('all', ORGANIZATION)],
      [rule('all', RED)],
      true,
    ],
    ['is not held by the same rule for every object', [rule('all', OWN, { object: '*' })], [rule('all', OWN)], false],
    ['needs limits where one of two sets has rights', [reads(), {}], [rule('all', OWN)], false],
  ])('%s', (_what, remaining, taken, expected) => {
    expect(keepsLimits(remaining, [...remaining, ...taken])).toBe(expected);
  });

  it.each<[string, Set[], Set[], boolean]>([
    ['a field that could not be read', [reads()], [field(`${NOTE}.title`, false, true)], false],
    ['a field that it goes on hiding', [field(`${NOTE}.title`, false)], [], true],
    [
      'a field beside one that was open',
      [reads()],
      [field(`${NOTE}.body`, true), field(`${NOTE}.title`, false)],
      false,
    ],
    ['a field that was hidden by the set that goes', [reads()], [field(`${NOTE}.title`, false)], false],
    ['a field that could not be edited', [reads()], [field(`${NOTE}.title`, true, false)], false],
    ['a field that it hides itself', [field(`${NOTE}.title`, false)], [field(`${NOTE}.title`, true)], true],
    ['a field that was open', [reads()], [field(`${NOTE}.title`, true)], true],
    ['a field of an object without rights', [reads('notes_tag')], [field(`${NOTE}.title`, false)], true],
    ['a field of another object', [reads()], [field('notes_tag.title', false)], true],
  ])('stays within its limits on fields: %s', (_what, remaining, taken, expected) => {
    expect(keepsLimits(remaining, [...remaining, ...taken])).toBe(expected);
  });
});
