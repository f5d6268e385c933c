// @ts-nocheck
import { isRecord, UnknownShape, visitCondition, visitFields, visitTexts } from './clause-names.ts';
import type { ObjectProtections } from './object-protection.ts';
import { ProtectedFieldError, UnreadableClauseError } from './refusal.ts';

/** Query options that name no field, or only fields that are returned. */
const NO_CLAUSES: ReadonlySet<string> = new Set([
  'bypassTenantAudit',
  'context',
  'fields',
  'limit',
  'multi',
  'object',
  'offset',
  'onFieldsDropped',
  'preserveAudit',
  'returning',
  'strictReadonlyWrites',
  'tenantId',
  'tenantIds',
  'timezone',
  'transaction',
]);

/**
 * Rejects a query that names a protected field in any clause, at any depth, including the records that
 * it expands. In an unknown clause, any occurrence of a protected name as a word is rejected.
 *
 * @throws ProtectedFieldError with the name of the field, never with a value.
 * @throws UnreadableClauseError for a clause of unknown form.
 */
export function assertAllowed(protections: ObjectProtections, object: string, query: unknown): void {
  if (!isRecord(query)) return;
  const visit = (name: string): void => {
    const found = protections.find(object, name);
    if (found !== undefined) throw new ProtectedFieldError(found.object, found.field);
  };
  for (const [clause, value] of Object.entries(query)) {
    if (NO_CLAUSES.has(clause)) continue;
    try {
      if (clause === 'where' || clause === 'having') visitCondition(value, visit);
      else if (clause === 'orderBy' || clause === 'groupBy' || clause === 'aggregations') visitFields(value, visit);
      else if (clause === 'search') visitTexts(isRecord(value) ? value['fields'] : undefined, visit);
      else if (clause === 'expand') assertExpansion(protections, object, value);
      else visitTexts(value, visit);
    } catch (error) {
      throw error instanceof UnknownShape ? new UnreadableClauseError(object, clause) : error;
    }
  }
}

function assertExpansion(protections: ObjectProtections, object: string, expand: unknown): void {
  if (Array.isArray(expand) || !isRecord(expand)) return;
  for (const [field, nested] of Object.entries(expand)) {
    const target = protections.of(object).relations.get(field.toLowerCase());
    if (target !== undefined) assertAllowed(protections, target, nested);
  }
}

/**
 * Removes the protected fields from a search. The platform turns a search into a condition on every text
 * field of the object. The caller did not name those fields, so they are removed instead of rejected.
 *
 * @returns `undefined` if no field is left to search.
 */
export function withoutProtected(protections: ObjectProtections, object: string, condition: unknown): unknown {
  if (!isRecord(condition)) return condition;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(condition)) {
    if (key === '$and' && Array.isArray(value)) {
      const parts = value.map((part) => withoutProtected(protections, object, part));
      if (parts.includes(undefined)) return undefined;
      kept[key] = parts;
    } else if (key === '$or' && Array.isArray(value)) {
      const parts = value
        .map((part) => withoutProtected(protections, object, part))
        .filter((part) => part !== undefined);
      if (parts.length === 0) return undefined;
      kept[key] = parts;
    } else if (protections.find(object, key) !== undefined) {
      return undefined;
    } else {
      kept[key] = value;
    }
  }
  return kept;
}
