// @ts-nocheck
import { fieldsOf, type ObjectDeclaration } from './declaration.ts';
import { isSecretDeclaration } from './secret-field.ts';

/** The tables of credentials. Their rows sign a person in, or lead to something that does. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'sys_account',
  'sys_api_key_detail',
  'sys_api_key_ledger',
  'sys_api_key_policy',
  'sys_api_key_usage',
  'sys_device_code',
  // Contains sent mails, including links that reset passwords.
  'sys_email',
  // The id of an invitation is enough to sign up as the invited person.
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

/** The OAuth tables contain tokens, client secrets and consents; each of them leads to a token. */
const CREDENTIAL_PREFIXES: readonly string[] = ['sys_oauth_'];

/**
 * Tables that were reviewed and are not tables of credentials, although they look like it.
 * `sys_api_key` is one of them, because keys may be listed and revoked there; its hash is a protected
 * field.
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
 * Whether a table contains credentials. Known tables are listed. For others the declaration decides: a
 * table contains credentials if sign-in manages it, or if it is an object of the platform that is
 * private or has a secret field.
 *
 * @param name the name of the object.
 * @param declaration the declaration in the engine's registry. Without one, the name decides.
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
