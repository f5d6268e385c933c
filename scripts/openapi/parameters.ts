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
  description: 'The id of the key to replace.',
} as const;

interface StringSchema {
  readonly type: 'string';
  readonly format?: string;
  readonly const?: string;
  readonly pattern?: string;
}

function header(description: string, schema: StringSchema) {
  return { description, required: true, schema };
}
