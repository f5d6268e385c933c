// @ts-nocheck
import { type FieldError, invalid } from '../../base/errors.ts';
import { LONGEST_DURATION, parseDuration } from '../input/duration.ts';
import { type ApiKeyStatus, type RecordedStatus, whereStatus } from '../record/api-key.ts';

/** The filters of a list of keys. A key must match all of them. */
export interface KeyFilters {
  readonly status: ApiKeyStatus | undefined;
  /** A part of the name or of the description, in upper or lower case, or the beginning of the key's visible prefix. */
  readonly search: string | undefined;
  /** An ISO 8601 duration: the key has not expired yet, but will within this time. */
  readonly expiresWithin: string | undefined;
  /** An ISO 8601 duration: the key was neither used nor created within this time. */
  readonly unusedFor: string | undefined;
}

/** The longest name. */
export const MAX_SEARCH = 255;

/**
 * The conditions of the filters at `now`, without the search, which takes a look at the descriptions:
 * see {@link matching}.
 *
 * @throws ServiceError `VALIDATION_FAILED`, naming each filter that cannot be read.
 */
export function whereFilters(filters: KeyFilters, now: number): Record<string, unknown>[] {
  const errors: FieldError[] = [];
  const conditions: Record<string, unknown>[] = [];
  if (filters.status !== undefined) conditions.push(whereStatus(recorded(filters.status), now));
  if (filters.search !== undefined && filters.search.length > MAX_SEARCH) {
    const message = `A search can have at most ${MAX_SEARCH} characters.`;
    errors.push({ field: 'search', code: 'out_of_range', message });
  }
  for (const [field, condition] of [
    ['expiresWithin', expiringBefore],
    ['unusedFor', unusedSince],
  ] as const) {
    const given = filters[field];
    if (given === undefined) continue;
    const milliseconds = parseDuration(given);
    if (milliseconds === undefined || milliseconds > LONGEST_DURATION) {
      const message =
        'The duration must be in the ISO 8601 form with weeks, days, hours, minutes and seconds, such as P90D, and at most P36500D.';
      errors.push({ field, code: 'invalid_duration', message });
    } else conditions.push(condition(milliseconds, now));
  }
  if (errors.length > 0) throw invalid(errors);
  return conditions;
}

/** The record of a key whose owner has left looks active; the membership makes the difference. */
function recorded(status: ApiKeyStatus): RecordedStatus {
  return status === 'OWNER_LEFT' ? 'ACTIVE' : status;
}

/**
 * The condition of a search. Both operators take the text literally: `%`, `_` and `*` have no meaning.
 *
 * @param described the keys whose description contains the text.
 */
export function matching(search: string, described: readonly string[]): Record<string, unknown> {
  const ids = described.length === 0 ? [] : [{ id: { $in: [...described] } }];
  return { $or: [{ name: { $icontains: search } }, { prefix: { $startsWith: search } }, ...ids] };
}

function expiringBefore(milliseconds: number, now: number): Record<string, unknown> {
  const instant = (at: number): string => new Date(at).toISOString();
  return { expires_at: { $gt: instant(now), $lte: instant(now + milliseconds) } };
}

/** Keys that were neither used nor created within this time before `now`. */
export function unusedSince(milliseconds: number, now: number): Record<string, unknown> {
  const since = new Date(now - milliseconds).toISOString();
  return { created_at: { $lte: since }, $or: [{ last_used_at: null }, { last_used_at: { $lte: since } }] };
}
