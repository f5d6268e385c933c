// @ts-nocheck
// 
import { getMetadataTypeSchema } from '@objectstack/spec/kernel';
import { describe, expect, it } from 'vitest';
import { RememberedChecks } from '../../src/platform/remembered-checks.ts';

/** A schema that takes what has a label, and counts how often it was asked. */
function counting() {
  const schema = {
    asked: 0,
    safeParse(definition: unknown) {
      schema.asked += 1;
      const { label } = definition as { label?: unknown };
      return { success: typeof label === 'string', data: definition };
    },
  };
  const remembered = new RememberedChecks(schema);
  const list = (...definitions: unknown[]) =>
    remembered.during(async () => definitions.map((definition) => schema.safeParse(definition).success));
  return { schema, list };
}
const note = (more: object = {}) => ({ name: 'note', label: 'Note', fields: { title: { type: 'text' } }, ...more });

describe('a definition that is listed', () => {
  it('is checked once as long as it stays the same', async () => {
    const { schema, list } = counting();
    expect([await list(note()), await list(note()), await list(note())]).toEqual([[true], [true], [true]]);
    expect(schema.asked).toBe(1);
  });

  it.each<[string, object]>([
    ['a value', { fields: { title: { type: 'number' } } }],
    ['a value that JSON would leave out', { fields: { title: { type: 'text', max: undefined } } }],
    ['a number that JSON cannot write', { max: Number.NaN }],
    ['its label, which makes it invalid', { label: 1 }],
  ])('is checked anew when it differs in %s', async (_what, change) => {
    const { schema, list } = counting();
    await list(note());
    expect(await list(note(change))).toEqual([!('label' in change)]);
    expect(schema.asked).toBe(2);
    // And what it was before is not valid by memory of an older time.
    await list(note());
    expect(schema.asked).toBe('label' in change ? 2 : 3);
  });

  it('is checked each time when it is invalid, or has a function', async () => {
    const { schema, list } = counting();
    const broken = note({ label: undefined });
    const active = note({ validate: () => true });
    expect([await list(broken, active), await list(broken, active)]).toEqual([
      [false, true],
      [false, true],
    ]);
    expect(schema.asked).toBe(4);
  });
});

it('a definition that is saved is checked in full, also while others are listed', async () => {
  const { schema, list } = counting();
  await list(note());
  expect(schema.safeParse(note())).toEqual({ success: true, data: note() });
  expect(schema.asked).toBe(2);
});

it("the platform's schema of objects can be remembered", async () => {
  const schema = getMetadataTypeSchema('object') ?? expect.unreachable();
  const definition = { name: 'note', label: 'Note', fields: { title: { type: 'text', label: 'Title' } } };
  expect(schema.safeParse(definition).success).toBe(true);
  expect(schema.safeParse({ ...definition, fields: 1 }).success).toBe(false);
});
