// @ts-nocheck
import { z } from 'zod';
import { ERRORS, type ErrorCode, type ServiceError } from '../base/errors.ts';
import { Answer } from '../http/answer.ts';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';

const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

const fieldError = z.strictObject({
  field: z.string().describe('The name of the invalid field.'),
  code: z.string().describe('What is wrong with the field, as a stable code.'),
  message: z.string().describe('What is wrong with the field, as a readable sentence.'),
});

/** The platform's error envelope, which its official clients read. */
export const errorEnvelope = z.strictObject({
  success: z.literal(false),
  error: z.strictObject({
    code: z.enum(CODES).describe('The error code, the same as `extensions.code` in GraphQL.'),
    message: z.string().describe('What went wrong, as a readable sentence.'),
    httpStatus: z.int().describe('The status of the response.'),
    details: z.strictObject({ fields: z.array(fieldError) }).optional(),
  }),
});

/** A JSON response of the REST endpoint. */
export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return new Answer(status, { ...headers, 'Content-Type': 'application/json; charset=utf-8' }, JSON.stringify(body));
}

/**
 * The response to a request that creates a key. `Location` is the URL of the record in the data API
 * (RFC 9110 section 15.3.2). A repeat creates nothing: its response contains the existing key without
 * the secret.
 */
export function newKeyAnswer(body: { readonly id: string }, replayed: boolean, basePath: string): Answer {
  if (replayed) return jsonAnswer(200, body);
  return jsonAnswer(201, body, { Location: `${basePath}/data/${API_KEY_OBJECT}/${encodeURIComponent(body.id)}` });
}

/** Turns every error into a REST response. */
export function errorAnswer(error: ServiceError): Answer {
  const envelope: z.infer<typeof errorEnvelope> = {
    success: false,
    error: {
      code: error.code,
      message: error.message,
      httpStatus: error.status,
      ...(error.fields === undefined ? {} : { details: { fields: [...error.fields] } }),
    },
  };
  return jsonAnswer(error.status, envelope, error.headers);
}
