import type { PermissionSet } from './mcp-tools.ts';

/** What a permission set says about rows and fields, beside what it allows. */
export interface LimitingSet {
  readonly name?: string;
  readonly rowLevelSecurity?: readonly RowPolicy[] | null;
  readonly fields?: Readonly<Record<string, { readonly readable?: unknown; readonly editable?: unknown }>> | null;
}

interface RowPolicy {
  readonly object?: unknown;
  readonly operation?: unknown;
  readonly using?: unknown;
  readonly check?: unknown;
  readonly enabled?: unknown;
  readonly positions?: unknown;
}

/** As rules for rows are written: an operation on an object. */
export type RowOperation = 'select' | 'insert' | 'update' | 'delete';

/**
 * Whether permission sets limit rows and fields of an object no more than others do. Uses are recorded
 * without the records that they were about, so sets that limit them in another way, even in one that
 * would have let all of them pass, are not known to be enough.
 *
 * @param sets that were chosen from those that the owner holds.
 * @param others whose limits are in force already.
 */
export function limitsNoMore(
  sets: readonly LimitingSet[],
  others: readonly LimitingSet[],
  object: string,
  operation: RowOperation,
): boolean {
  return rowsNoFewer(sets, others, object, operation) && fieldsNoFewer(sets, others, object);
}

function rowsNoFewer(
  sets: readonly LimitingSet[],
  others: readonly LimitingSet[],
  object: string,
  operation: RowOperation,
): boolean {
  const own = policiesInForce(sets, object, operation);
  if (own.length === 0) return true;
  const inForce = policiesInForce(others, object, operation);
  // A rule that goes by the position of a person does not hold for a key with scopes.
  if ([...own, ...inForce].some(({ positions }) => Array.isArray(positions) && positions.length > 0)) return false;
  // Any of the rules lets a row pass, so all of those in force are to be there. One for every object may be
  // the platform's own, which it leaves out at times; one for this object stands for it where it says the same.
  return (
    inForce.length > 0 &&
    inForce.every((policy) =>
      own.some((mine) => saysTheSame(mine, policy) && (mine.object === object || mine.object === policy.object)),
    )
  );
}

/** The platform's own rule: where none is about changing rows, those about reading them bound that, too. */
function policiesInForce(sets: readonly LimitingSet[], object: string, operation: RowOperation): RowPolicy[] {
  const all = sets.flatMap(({ rowLevelSecurity }) => rowLevelSecurity ?? []);
  const about = (wanted: RowOperation): RowPolicy[] =>
    all.filter(
      (policy) =>
        policy.enabled !== false &&
        (policy.object === object || policy.object === '*') &&
        (policy.operation === wanted || policy.operation === 'all'),
    );
  const policies = about(operation);
  const fallsBack = (operation === 'update' || operation === 'delete') && !policies.some(({ using }) => using);
  return fallsBack ? [...policies, ...about('select')] : policies;
}

function saysTheSame(one: RowPolicy, other: RowPolicy): boolean {
  return one.using === other.using && one.check === other.check;
}

function fieldsNoFewer(sets: readonly LimitingSet[], others: readonly LimitingSet[], object: string): boolean {
  const inForce = fieldRights(others, object);
  return [...fieldRights(sets, object)].every(([field, rights]) => {
    const existing = inForce.get(field) ?? { readable: true, editable: true };
    return (rights.readable || !existing.readable) && (rights.editable || !existing.editable);
  });
}

interface FieldRights {
  readonly readable: boolean;
  readonly editable: boolean;
}

/** The fields that sets name, with what any of them allows; a field that none names is not limited. */
function fieldRights(sets: readonly LimitingSet[], object: string): Map<string, FieldRights> {
  const rights = new Map<string, FieldRights>();
  for (const [name, field] of sets.flatMap(({ fields }) => Object.entries(fields ?? {}))) {
    if (!name.startsWith(`${object}.`)) continue;
    const known = rights.get(name);
    rights.set(name, {
      readable: known?.readable === true || field.readable === true,
      editable: known?.editable === true || field.editable === true,
    });
  }
  return rights;
}

const ROW_OPERATIONS: readonly RowOperation[] = ['select', 'insert', 'update', 'delete'];
const CLAUSES = ['using', 'check'] as const;
type Clause = (typeof CLAUSES)[number];

/**
 * Whether some of the permission sets of a key limit rows and fields at least as much as all of them do. Rights
 * only get fewer when a set is taken away; its limits go with it. Of the rules for rows, any one lets a row
 * pass, so a set without rules beside one with rules sees more when it is left alone.
 */
export function keepsLimits(remaining: readonly (LimitingSet & PermissionSet)[], all: readonly LimitingSet[]): boolean {
  const named = all.flatMap(({ rowLevelSecurity }) => rowLevelSecurity ?? []).map(({ object }) => String(object));
  // Every other object is limited by the rules for every object. Where no right is left, no limit is needed.
  const objects = [...new Set(['*', ...named, ...remaining.flatMap(({ objects = {} }) => Object.keys(objects))])];
  return (
    objects
      .filter((object) => allowsAnything(remaining, object))
      .every((object) =>
        ROW_OPERATIONS.every((operation) =>
          CLAUSES.every((clause) =>
            keepsRules(rules(all, object, operation, clause), rules(remaining, object, operation, clause)),
          ),
        ),
      ) && keepsFields(remaining, all)
  );
}

/** The rules with a clause that hold for a key with scopes, for which those that go by a position do not. */
function rules(sets: readonly LimitingSet[], object: string, operation: RowOperation, clause: Clause): RowPolicy[] {
  const ofKeys = sets
    .flatMap(({ rowLevelSecurity }) => rowLevelSecurity ?? [])
    .filter(({ enabled, positions }) => enabled !== false && !(Array.isArray(positions) && positions.length > 0));
  const about = (wanted: RowOperation): RowPolicy[] =>
    ofKeys.filter(
      (policy) =>
        (policy.object === object || policy.object === '*') &&
        (policy.operation === wanted || policy.operation === 'all') &&
        Boolean(policy[clause]),
    );
  const found = about(operation);
  const fallsBack = clause === 'using' && (operation === 'update' || operation === 'delete') && found.length === 0;
  return fallsBack ? about('select') : found;
}

function keepsRules(before: readonly RowPolicy[], after: readonly RowPolicy[]): boolean {
  if (before.length === 0) return true;
  if (!after.every((policy) => before.some((other) => isSame(policy, other)))) return false;
  // Rules for every object, and those about the organization, are left out by the platform at times.
  return before.every((policy) => after.some((other) => isSame(policy, other))) || after.some(isAlwaysInForce);
}

function isSame(one: RowPolicy, other: RowPolicy): boolean {
  return one.object === other.object && saysTheSame(one, other);
}

function isAlwaysInForce({ object, using }: RowPolicy): boolean {
  return object !== '*' && !String(using).includes('organization');
}

function allowsAnything(sets: readonly PermissionSet[], object: string): boolean {
  return sets.some(({ objects = {} }) =>
    [objects[object], objects['*']].some((rights) => Object.values(rights ?? {}).some((right) => right === true)),
  );
}

function keepsFields(remaining: readonly (LimitingSet & PermissionSet)[], all: readonly LimitingSet[]): boolean {
  const names = new Set(
    all.flatMap(({ fields }) => Object.keys(fields ?? {})).map((name) => name.slice(0, name.indexOf('.'))),
  );
  return [...names]
    .filter((object) => allowsAnything(remaining, object))
    .every((object) => {
      const left = fieldRights(remaining, object);
      return [...fieldRights(all, object)].every(([field, before]) => {
        const after = left.get(field) ?? { readable: true, editable: true };
        return (before.readable || !after.readable) && (before.editable || !after.editable);
      });
    });
}
