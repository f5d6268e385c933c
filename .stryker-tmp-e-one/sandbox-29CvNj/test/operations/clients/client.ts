// @ts-nocheck
import type { CreateApiKeyMutation } from '../../../src/operations/documents.ts';

/** A GraphQL client as an interface uses it: lists keys, creates one, lists them again. */
export interface Client {
  list(): Promise<readonly { readonly id: string }[]>;
  create(name: string): Promise<CreateApiKeyMutation>;
  /** Everything that the client can write its caches out as. */
  serialized(): Promise<string>;
}

export type Connect = (url: string, token: string) => Client;

/** The data of a result, which a test takes for granted. */
export function present<T>(value: T | null | undefined, error?: unknown): T {
  if (value === null || value === undefined) throw new Error(`no data: ${String(error)}`);
  return value;
}
