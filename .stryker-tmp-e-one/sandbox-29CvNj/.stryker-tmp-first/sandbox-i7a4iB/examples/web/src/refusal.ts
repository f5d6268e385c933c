// @ts-nocheck
// 
import { CombinedGraphQLErrors } from '@apollo/client/errors';

/** Why the server refused, in sentences for a person: one for each field at fault, and one for the rest. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Extensions {
  readonly code?: string;
  readonly fields?: readonly { readonly field: string; readonly message: string }[];
}

/** The code where there was no answer: nobody knows what became of the request. */
export const UNREACHABLE = 'UNREACHABLE';

export function refusalOf(error: unknown): Refusal {
  if (!CombinedGraphQLErrors.is(error)) {
    return { code: UNREACHABLE, message: 'The server does not answer. Try again.', fields: {} };
  }
  const [first] = error.errors;
  const { code = 'INTERNAL_ERROR', fields = [] } = (first?.extensions ?? {}) as Extensions;
  return {
    code,
    message: first?.message ?? 'The server refused.',
    fields: Object.fromEntries(fields.map(({ field, message }) => [field, message])),
  };
}
