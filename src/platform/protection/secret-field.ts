import type { FieldDeclaration, ObjectDeclaration } from './declaration.ts';

const SECRET_TYPES: ReadonlySet<unknown> = new Set(['secret', 'password']);

/** Whether a field is declared to hold a secret: its value is never shown to anybody. */
export function isSecretDeclaration(field: FieldDeclaration): boolean {
  return field.internal === true || SECRET_TYPES.has(field.type);
}

/** Whether the platform itself shows a mask in the place of a value, which says that there is one. */
export function isMasked(declaration: ObjectDeclaration | undefined, field: string): boolean {
  const type = declaration?.fields?.[field]?.type;
  // The passwords of sign-in are left as they are, for sign-in to read.
  return type === 'secret' || (type === 'password' && declaration?.managedBy !== 'better-auth');
}
