// @ts-nocheck
// 
import type { Hono } from 'hono';

/** The columns of a member. */
const FIELDS = ['id', 'organizationId', 'userId', 'role', 'createdAt'];
/** The operators that compare with several values. */
const LIST_OPERATORS = ['in', 'not_in'];

/**
 * Rejects the parameters of the list of members that better-auth does not check and answers with 500: an unknown
 * column, a filter without a value, an operator for lists with a single value, a negative offset.
 */
export function checkMemberFilters(app: Hono): void {
  app.get('/api/v1/auth/organization/list-members', async (context, next) => {
    const message = faultOf(new URL(context.req.url).searchParams);
    if (message === undefined) return next();
    return Response.json(
      { code: 'VALIDATION_FAILED', message },
      { status: 400, headers: { 'Cache-Control': 'no-store' } },
    );
  });
}

function faultOf(given: URLSearchParams): string | undefined {
  for (const name of ['filterField', 'sortBy']) {
    if (given.getAll(name).some((field) => !FIELDS.includes(field)))
      return `${name} must be one of ${FIELDS.join(', ')}.`;
  }
  for (const name of ['limit', 'offset']) {
    if (given.getAll(name).some((count) => !/^\d{1,6}$/.test(count))) return `${name} must be a whole number.`;
  }
  const field = given.get('filterField');
  if (field === null) return undefined;
  const values = given.getAll('filterValue');
  if (values.length === 0) return 'filterField needs a filterValue.';
  const takesList = LIST_OPERATORS.includes(given.get('filterOperator') ?? '');
  if (takesList !== values.length > 1) {
    return 'Give filterValue once, or at least twice with the operators in and not_in.';
  }
  if (field === 'createdAt' && values.some((value) => Number.isNaN(Date.parse(value)))) {
    return 'filterValue must be a date.';
  }
  return undefined;
}
