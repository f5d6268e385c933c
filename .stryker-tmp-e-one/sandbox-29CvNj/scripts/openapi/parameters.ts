// @ts-nocheck
import { z } from 'zod';
import { MAX_SEARCH } from '../../src/keys/read/filters.ts';
import { DEFAULT_PAGE, MAX_PAGE } from '../../src/keys/read/list.ts';
import { listParameters, organizationListParameters } from '../../src/rest/list-query.ts';

export const HEADERS = {
  Location: header('The address of the record in the data API.', { type: 'string', format: 'uri-reference' }),
  'Idempotency-Replayed': header('Present in the response to a repeated request.', { type: 'string', const: 'true' }),
  'Retry-After': header('How many seconds to wait before trying again.', { type: 'string', pattern: '^\\d+$' }),
  'WWW-Authenticate': header('The authentication scheme to use.', { type: 'string' }),
};

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  description:
    'A value of your choice that identifies the request. Repeats of a request with the same value create only one key.',
} as const;

export const ID = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: 'The id of the key.',
} as const;

export const USER_ID = {
  name: 'user_id',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: 'The id of the person.',
} as const;

/** What the zod schemas of query parameters do not say: a query is text, whatever it stands for. */
const FORMATS: Readonly<Record<string, object>> = {
  first: { type: 'integer', minimum: 0, maximum: MAX_PAGE, default: DEFAULT_PAGE },
  search: { type: 'string', maxLength: MAX_SEARCH },
  expires_within: { type: 'string', format: 'duration' },
  unused_for: { type: 'string', format: 'duration' },
};

/** The query parameters of an operation, as it reads them. */
function query({ shape }: z.ZodObject) {
  return Object.entries(shape as Record<string, z.ZodType>).map(([name, type]) => {
    const { $schema: _, description: __, ...schema } = z.toJSONSchema(type);
    return {
      name,
      in: 'query',
      required: false,
      schema: FORMATS[name] ?? schema,
      description: type.description ?? '',
    } as const;
  });
}

/** What a list of keys takes. */
export const LIST = query(listParameters);
export const ORGANIZATION_LIST = query(organizationListParameters);

interface StringSchema {
  readonly type: 'string';
  readonly format?: string;
  readonly const?: string;
  readonly pattern?: string;
}

function header(description: string, schema: StringSchema) {
  return { description, required: true, schema };
}
