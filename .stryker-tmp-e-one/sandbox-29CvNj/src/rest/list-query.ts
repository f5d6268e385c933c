// @ts-nocheck
import { z } from 'zod';
import { type FieldError, invalid } from '../base/errors.ts';
import { unknownField } from '../keys/input/input.ts';
import type { OrganizationListQuery } from '../keys/organization/organization-keys.ts';
import { MAX_PAGE } from '../keys/read/list.ts';

const STATUSES = ['ACTIVE', 'REVOKED', 'EXPIRED', 'OWNER_LEFT'] as const;

/** The query parameters of a list: the same filters as in GraphQL. */
export const listParameters = z.strictObject({
  first: z
    .string()
    .regex(/^\d{1,3}$/, `A page can have 0 to ${MAX_PAGE} keys.`)
    .optional()
    .describe('How many keys to return.'),
  after: z
    .string()
    .optional()
    .describe('Return the keys that follow this cursor: the `next_cursor` of an earlier page.'),
  status: z
    .enum(STATUSES, 'The status must be ACTIVE, REVOKED, EXPIRED or OWNER_LEFT.')
    .optional()
    .describe('Only keys with this status.'),
  search: z
    .string()
    .optional()
    .describe('Only keys whose name or description contains this text, ignoring case, or whose prefix starts with it.'),
  expires_within: z.string().optional().describe('Only keys that expire within this time from now.'),
  unused_for: z
    .string()
    .optional()
    .describe('Only keys that have not been used for this long and are at least this old.'),
});

/** The query parameters of the list of an organization's keys. */
export const organizationListParameters = listParameters.extend({
  owner_id: z.string().optional().describe('Only keys that this person owns: the id of the `sys_user` record.'),
});

/**
 * Reads the query of a list.
 *
 * @throws ServiceError `VALIDATION_FAILED`, naming each parameter that is unknown, repeated, or not valid.
 */
export function readListQuery(
  url: string,
  parameters: z.ZodType<z.output<typeof organizationListParameters>> & { readonly shape: object },
): OrganizationListQuery {
  // The URL may be only a path; the host does not matter here.
  const given = new URL(url, 'http://localhost').searchParams;
  const known = Object.keys(parameters.shape);
  const faults: FieldError[] = [];
  for (const name of new Set(given.keys())) {
    if (!known.includes(name)) faults.push(unknownField(name, known));
    else if (given.getAll(name).length > 1) {
      faults.push({ field: name, code: 'ambiguous', message: 'Give each parameter once.' });
    }
  }
  if (faults.length > 0) throw invalid(faults.slice(0, 10));
  // As in forms, an empty parameter is the same as none.
  const parsed = parameters.safeParse(Object.fromEntries([...given].filter(([, value]) => value !== '')));
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map(({ path, message }) => ({
        field: String(path[0]),
        code: path[0] === 'first' ? 'out_of_range' : 'invalid_value',
        message,
      })),
    );
  }
  const { first, after, status, search, expires_within, unused_for, owner_id } = parsed.data;
  return {
    first: first === undefined ? undefined : Number(first),
    after,
    status,
    search,
    expiresWithin: expires_within,
    unusedFor: unused_for,
    ownerId: owner_id,
  };
}
