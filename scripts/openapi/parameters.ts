export const HEADERS = {
  Location: header('The address of the record in the data API.', { type: 'string', format: 'uri-reference' }),
  'Idempotency-Replayed': header('Present in a repeat.', { type: 'string', const: 'true' }),
  'Retry-After': header('Seconds after which to try again.', { type: 'string', pattern: '^\\d+$' }),
  'WWW-Authenticate': header('The scheme that would do.', { type: 'string' }),
};

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  description: 'A value of your own for this request: however often it is sent, it makes one key.',
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
