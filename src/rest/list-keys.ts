import { z } from 'zod';
import { type FieldError, invalid } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { unknownField } from '../keys/input/input.ts';
import { cursorOf, type ListQuery, MAX_PAGE } from '../keys/read/list.ts';
import { jsonAnswer } from './envelope.ts';
import { type keyList, spellKey } from './representation.ts';
import type { RestOptions } from './request.ts';

/** The query parameters of the list: the same filters as in GraphQL. */
export const listParameters = z.strictObject({
  first: z
    .string()
    .regex(/^\d{1,3}$/, `A page can have 0 to ${MAX_PAGE} keys.`)
    .optional(),
  after: z.string().optional(),
  status: z
    .enum(['ACTIVE', 'REVOKED', 'EXPIRED', 'OWNER_LEFT'], 'The status must be ACTIVE, REVOKED, EXPIRED or OWNER_LEFT.')
    .optional(),
  search: z.string().optional(),
  expires_within: z.string().optional(),
  unused_for: z.string().optional(),
});

/** `GET /keys`: a page of the caller's own keys, newest first. */
export async function listKeys(
  request: EndpointRequest,
  exchange: Exchange,
  { authenticator, keys }: RestOptions,
): Promise<Answer> {
  exchange.operation = 'listApiKeys';
  const principal = await exchange.during('authenticate', () => authenticator.authenticate(request));
  const page = await keys.list(principal, readQuery(request.url));
  const data = await Promise.all(
    page.keys.map(async (key) => {
      const [detail, status] = await Promise.all([keys.detailOf(key), keys.statusOf(key)]);
      return spellKey(key, detail, status);
    }),
  );
  const last = page.keys.at(-1);
  const answer: z.infer<typeof keyList> = {
    data,
    has_more: page.hasNextPage,
    ...(page.hasNextPage && last !== undefined ? { next_cursor: cursorOf(last) } : {}),
  };
  return jsonAnswer(200, answer);
}

/** @throws ServiceError `VALIDATION_FAILED`, naming each parameter that is unknown, given twice, or not valid. */
function readQuery(url: string): ListQuery {
  // The URL may be only a path; the host does not matter here.
  const given = new URL(url, 'http://localhost').searchParams;
  const faults: FieldError[] = [];
  for (const name of new Set(given.keys())) {
    if (!Object.hasOwn(listParameters.shape, name)) faults.push(unknownField(name, Object.keys(listParameters.shape)));
    else if (given.getAll(name).length > 1) {
      faults.push({ field: name, code: 'ambiguous', message: 'Give each parameter once.' });
    }
  }
  if (faults.length > 0) throw invalid(faults.slice(0, 10));
  // As in forms, an empty parameter is the same as none.
  const parsed = listParameters.safeParse(Object.fromEntries([...given].filter(([, value]) => value !== '')));
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map(({ path, message }) => ({
        field: String(path[0]),
        code: path[0] === 'first' ? 'out_of_range' : 'invalid_value',
        message,
      })),
    );
  }
  const { first, after, status, search, expires_within: expiresWithin, unused_for: unusedFor } = parsed.data;
  return { first: first === undefined ? undefined : Number(first), after, status, search, expiresWithin, unusedFor };
}
