import { fieldsOf, type ObjectDeclaration } from './declaration.ts';
import { isSecretDeclaration } from './secret-field.ts';

/** The tables of credentials: what is in them signs somebody in, or makes what does. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'sys_account',
  'sys_api_key_detail',
  'sys_api_key_ledger',
  'sys_api_key_policy',
  'sys_api_key_usage',
  'sys_device_code',
  // Its rows are the mails that were sent, links that reset a password among them.
  'sys_email',
  // Whoever has its id signs up as the person who is invited.
  'sys_invitation',
  'sys_jwks',
  'sys_scim_connection_credential',
  'sys_secret',
  'sys_session',
  'sys_sign_in_state',
  'sys_sso_provider',
  'sys_two_factor',
  'sys_verification',
]);

/** OAuth keeps tokens, client secrets and consents, and every one of its tables leads to a token. */
const CREDENTIAL_PREFIXES: readonly string[] = ['sys_oauth_'];

/**
 * Tables that were looked at and hold no credential as a whole, although they look as if they might.
 * `sys_api_key` is among them because keys may be listed and revoked there; its hash is protected
 * as a field.
 */
const NO_CREDENTIALS: ReadonlySet<string> = new Set([
  'sys_api_key',
  'sys_http_delivery',
  'sys_member',
  'sys_organization',
  'sys_scim_connection_binding',
  'sys_scim_group',
  'sys_scim_group_member',
  'sys_scim_identity_tombstone',
  'sys_scim_projection_grant',
  'sys_scim_subject',
  'sys_scim_user',
  'sys_team',
  'sys_team_member',
  'sys_user',
]);

/**
 * Whether a table holds credentials. The tables that are known are listed; for the rest the
 * declaration decides, and in doubt it does: whatever sign-in manages, and any object of the
 * platform that is private or has a secret field.
 *
 * @param name of the object.
 * @param declaration of the object, as the engine's registry has it. Without one the name decides.
 */
export function isCredentialObject(name: string, declaration?: ObjectDeclaration): boolean {
  const known = name.toLowerCase();
  if (CREDENTIALS.has(known) || CREDENTIAL_PREFIXES.some((prefix) => known.startsWith(prefix))) return true;
  if (NO_CREDENTIALS.has(known)) return false;
  if (declaration?.managedBy === 'better-auth') return true;
  if (declaration?.isSystem !== true) return false;
  return (
    declaration.access?.default === 'private' || fieldsOf(declaration).some(([, field]) => isSecretDeclaration(field))
  );
}
