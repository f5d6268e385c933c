// @ts-nocheck
import { BreakingChangeType, buildSchema, findSchemaChanges } from 'graphql';

/** What of a change of the schema breaks clients that were written for the schema before, a sentence each. */
export function breakingChanges(before: string, after: string): string[] {
  return findSchemaChanges(buildSchema(before), buildSchema(after))
    .filter(({ type }) => Object.hasOwn(BreakingChangeType, type))
    .map(({ description }) => description);
}

/** The same for a person: what breaks, and what to do. `undefined` when nothing does. */
export function breakageReport(before: string, after: string): string | undefined {
  const changes = breakingChanges(before, after);
  if (changes.length === 0) return undefined;
  return [
    'The GraphQL schema breaks clients that were written for schema.graphql:',
    ...changes.map((change) => `  - ${change}`),
    'Keep what was there and mark it with deprecationReason, or add beside it.',
    'Where it must be (a new major version): npm run schema -- --breaking',
  ].join('\n');
}
