import type { FieldDeclaration } from './declaration.ts';

const SECRET_TYPES: ReadonlySet<unknown> = new Set(['secret', 'password']);

/** Whether a field is declared to hold a secret: its value is never shown to anybody. */
export function isSecretDeclaration(field: FieldDeclaration): boolean {
  return field.internal === true || SECRET_TYPES.has(field.type);
}
