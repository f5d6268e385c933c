// @ts-nocheck
import type { FieldDeclaration, ObjectDeclaration } from './declaration.ts';

const SECRET_TYPES: ReadonlySet<unknown> = new Set(['secret', 'password']);

/** Whether a field is declared secret: its value is never returned. */
export function isSecretDeclaration(field: FieldDeclaration): boolean {
  return field.internal === true || SECRET_TYPES.has(field.type);
}

/** Whether the platform itself returns a mask in place of the value, which shows that there is one. */
export function isMasked(declaration: ObjectDeclaration | undefined, field: string): boolean {
  const type = declaration?.fields?.[field]?.type;
  // The platform does not mask the passwords of sign-in, because sign-in reads them.
  return type === 'secret' || (type === 'password' && declaration?.managedBy !== 'better-auth');
}
