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
