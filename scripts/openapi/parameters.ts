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

const query = (name: string, schema: object, description: string) =>
  ({ name, in: 'query', required: false, schema, description }) as const;

/** What the list of keys takes. */
export const LIST = [
  query('first', { type: 'integer', minimum: 0, maximum: 100, default: 20 }, 'How many keys to return.'),
  query('after', { type: 'string' }, 'Return the keys that follow this cursor: `next_cursor` of an earlier page.'),
  query('status', { enum: ['ACTIVE', 'REVOKED', 'EXPIRED', 'OWNER_LEFT'] }, 'Only keys with this status.'),
  query(
    'search',
    { type: 'string', maxLength: 255 },
    'Only keys whose name contains this text, in upper or lower case, or whose prefix begins with it.',
  ),
  query('expires_within', { type: 'string', format: 'duration' }, 'Only keys that will expire within this time.'),
  query(
    'unused_for',
    { type: 'string', format: 'duration' },
    'Only keys that have not been used for this long and are at least this old.',
  ),
];

interface StringSchema {
  readonly type: 'string';
  readonly format?: string;
  readonly const?: string;
  readonly pattern?: string;
}

function header(description: string, schema: StringSchema) {
  return { description, required: true, schema };
}
