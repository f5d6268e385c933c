/** Operators that combine conditions. */
// @ts-nocheck

const LOGICAL: ReadonlySet<string> = new Set(['$and', '$or', '$not', '$nor']);

/** An unknown form of a clause. It may or may not name a field. */
export class UnknownShape extends Error {
  override readonly name = 'UnknownShape';
}

type Visit = (name: string) => void;

/**
 * Visits the name of every field in a condition: `{ a: 1, $or: [{ b: { $gt: { $field: 'c' } } }] }`
 * names a, b and c. A condition on a relation, `{ owner: { email: … } }`, names `owner` and
 * `owner.email`.
 *
 * @throws UnknownShape for a condition that is not an object, or has an operator in the place of a field.
 */
export function visitCondition(condition: unknown, visit: Visit, path = ''): void {
  if (condition === undefined || condition === null) return;
  if (!isRecord(condition)) throw new UnknownShape();
  for (const [key, value] of Object.entries(condition)) {
    if (LOGICAL.has(key)) {
      for (const part of asList(value)) visitCondition(part, visit, path);
    } else if (key.startsWith('$')) {
      throw new UnknownShape();
    } else {
      const name = path === '' ? key : `${path}.${key}`;
      visit(name);
      visitComparison(value, visit, name);
    }
  }
}

/** The right side of a comparison: a value, operators with values, other fields, or a condition on a relation. */
function visitComparison(value: unknown, visit: Visit, name: string): void {
  for (const item of asList(value)) {
    if (!isRecord(item)) continue;
    for (const [key, part] of Object.entries(item)) {
      // `{ $field: 'token' }` compares with another column of the same row.
      if (key === '$field') visitTexts(part, visit);
      else if (key.startsWith('$')) visitComparison(part, visit, name);
      else {
        visit(`${name}.${key}`);
        visitComparison(part, visit, `${name}.${key}`);
      }
    }
  }
}

/** Properties of an entry in a list of fields that are not field names. */
const NOT_A_NAME: ReadonlySet<string> = new Set([
  'alias',
  'dateGranularity',
  'direction',
  'distinct',
  'function',
  'nulls',
  'order',
  'timezone',
]);

/**
 * Visits the fields of a list such as `['a', { field: 'b', order: 'asc' }]`, and the conditions of
 * its entries.
 *
 * @throws UnknownShape for an entry that is neither.
 */
export function visitFields(list: unknown, visit: Visit): void {
  if (list === undefined || list === null) return;
  for (const entry of asList(list)) {
    if (typeof entry === 'string') visit(entry);
    else if (!isRecord(entry)) throw new UnknownShape();
    else {
      for (const [key, value] of Object.entries(entry)) {
        if (key === 'filter') visitCondition(value, visit);
        else if (!NOT_A_NAME.has(key)) visitTexts(value, visit);
      }
    }
  }
}

/** Visits every string in a value of unknown form, both keys and values. */
export function visitTexts(value: unknown, visit: Visit): void {
  if (typeof value === 'string') visit(value);
  else if (Array.isArray(value)) for (const item of value) visitTexts(item, visit);
  else if (isRecord(value)) {
    for (const [key, part] of Object.entries(value)) {
      visit(key);
      visitTexts(part, visit);
    }
  }
}

/** Whether a value is an object with keys, and not a date or similar value. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !ArrayBuffer.isView(value)
  );
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
