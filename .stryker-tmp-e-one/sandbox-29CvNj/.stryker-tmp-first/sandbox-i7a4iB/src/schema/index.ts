// @ts-nocheck
// 
import { lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';
import './date-time.ts';
import './api-key.ts';
import './duration.ts';
import './find-api-key.ts';
import './create-api-key.ts';
import './rotate-api-key.ts';
import './update-api-key.ts';
import './revocation.ts';
import './access.ts';
import './viewer.ts';
import './organization.ts';
import './api-key-policy.ts';
import './connection.ts';

/** The executable schema. */
export const schema = builder.toSchema();

/** The schema as text, sorted, so that two prints of one schema are equal. */
export function schemaText(): string {
  return `${printSchema(lexicographicSortSchema(schema)).trim()}\n`;
}
