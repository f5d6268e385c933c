// @ts-nocheck
// 
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../../src/base/errors.ts';
import { errorEnvelope } from '../../../src/rest/envelope.ts';
import { createdKey, key, keyList, rotatedKey } from '../../../src/rest/representation.ts';

/** What an answer of this service is, whatever was asked. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** The codes of the GraphQL server, for what is wrong with a document. */
const DOCUMENT_CODES = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'] as const;
const CODES = [...(Object.keys(ERRORS) as ErrorCode[]), ...DOCUMENT_CODES] as const;

const fieldError = z.strictObject({
  field: z.string().max(60),
  code: z.string().max(40),
  message: z.string().max(300),
});
const graphqlError = z.strictObject({
  message: z.string().min(1).max(1000),
  locations: z.array(z.strictObject({ line: z.int(), column: z.int() })).optional(),
  path: z.array(z.union([z.string(), z.int()])).optional(),
  extensions: z.strictObject({ code: z.enum(CODES), fields: z.array(fieldError).optional() }),
});
const graphqlAnswer = z.strictObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(graphqlError).nonempty().optional(),
});

/** A created key, a replaced one, a repeat, or the description of this endpoint. */
const restAnswer = z.union([createdKey, rotatedKey, key, keyList, z.looseObject({ openapi: z.string() })]);

/** @throws when an answer of the GraphQL endpoint is not one of the contract. */
export function checkGraphQL({ status, body }: Answered): void {
  const { data, errors } = graphqlAnswer.parse(JSON.parse(body));
  if (errors === undefined) {
    if (status !== 200 || data === undefined) throw new Error(`${status} without an error`);
    return;
  }
  const statuses = errors.map(({ extensions: { code } }) => (code in ERRORS ? ERRORS[code as ErrorCode].status : 400));
  // Under application/json, what is wrong with a document is told with 200; so is what is wrong with a part of it.
  const allowed = new Set([...statuses, ...(errors.every(isOfDocument) || data ? [200] : [])]);
  if (!allowed.has(status)) throw new Error(`${status} with ${errors.map(({ extensions }) => extensions.code).join()}`);
}

function isOfDocument({ extensions: { code } }: z.infer<typeof graphqlError>): boolean {
  return (DOCUMENT_CODES as readonly string[]).includes(code) || code === 'VALIDATION_FAILED';
}

/** @throws when an answer of the REST endpoint is not one of the contract. */
export function checkRest({ status, body }: Answered): void {
  const parsed: unknown = JSON.parse(body);
  if (status === 201 || status === 200) {
    restAnswer.parse(parsed);
    return;
  }
  const { error } = errorEnvelope.parse(parsed);
  if (error.httpStatus !== status || ERRORS[error.code].status !== status)
    throw new Error(`${status} with ${error.code}`);
}

/** @throws when a header that every answer has is missing. */
export function checkHeaders({ headers }: Answered): void {
  for (const [name, value] of [
    ['cache-control', /^no-store$/],
    ['x-content-type-options', /^nosniff$/],
    ['x-request-id', /^[\x21-\x7e]{1,128}$/],
    ['vary', /\bOrigin\b/i],
  ] as const) {
    if (!value.test(headers.get(name) ?? '')) throw new Error(`${name}: ${headers.get(name)}`);
  }
}
