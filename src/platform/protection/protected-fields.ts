import { isCredentialObject } from './credential-objects.ts';
import type { FieldDeclaration, ObjectDeclaration } from './declaration.ts';
import { isSecretDeclaration } from './secret-field.ts';

/** Secrets outside the tables of credentials that are not declared as such. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  // Also declared secret. Listed because an extension of the object could redeclare them.
  sys_api_key: ['key'],
  sys_http_delivery: ['headers_json', 'signature'],
  sys_setting: ['value_enc'],
  // Digests of settings: a short value can be found by guessing.
  sys_setting_audit: ['old_hash', 'new_hash'],
};

/** Text fields in tables of credentials that describe a credential and are not secret. */
const HARMLESS_TEXT: Readonly<Record<string, readonly string[]>> = {
  sys_account: ['account_id', 'issuer', 'provider_id', 'scope'],
  sys_device_code: ['client_id', 'scope', 'status'],
  sys_email: [
    'attachments_json',
    'bcc_addresses',
    'body_html',
    'body_text',
    'cc_addresses',
    'error',
    'from_address',
    'message_id',
    'related_id',
    'related_object',
    'reply_to',
    'subject',
    'to_addresses',
  ],
  // Whom an invitation is for: administrators see it, its id is what signs a person up.
  sys_invitation: ['email'],
  sys_jwks: ['alg', 'crv', 'public_key'],
  sys_oauth_access_token: ['client_id', 'scopes'],
  sys_oauth_application: [
    'client_id',
    'name',
    'grant_types',
    'post_logout_redirect_uris',
    'redirect_uris',
    'response_types',
    'scopes',
    'software_id',
    'software_version',
    'subject_type',
    'token_endpoint_auth_method',
  ],
  sys_oauth_client_resource: ['client_id', 'resource_id'],
  sys_oauth_consent: ['client_id', 'scopes'],
  sys_oauth_refresh_token: ['client_id', 'scopes'],
  sys_oauth_resource: ['allowed_scopes', 'identifier', 'name', 'signing_algorithm'],
  sys_scim_connection_credential: ['connection_id', 'label', 'organization_id', 'provisioning_domain_id'],
  sys_secret: ['alg', 'key', 'kms_key_id', 'namespace'],
  sys_session: ['ip_address', 'revoke_reason', 'user_agent'],
  sys_sso_provider: ['domain', 'issuer', 'provider_id'],
  // Its secrets are fields of their own. The platform's webhooks read the others in nobody's name.
  sys_webhook: ['definition_json', 'description', 'label', 'name', 'object_name', 'url'],
};

/** Types of fields that cannot hold a credential. */
const HARMLESS_TYPES: ReadonlySet<unknown> = new Set([
  'boolean',
  'date',
  'datetime',
  'lookup',
  'number',
  'select',
  'time',
  'toggle',
  'url',
]);

/**
 * Whether a field contains a secret: only the system may read its value.
 *
 * In every table, a field is secret if it is declared internal, secret or a password. In a table of
 * credentials, every text field is secret unless listed as harmless, so that a column that the platform
 * adds is protected before anyone has reviewed it.
 */
export function isSecretField(object: string, field: string, declaration: ObjectDeclaration | undefined): boolean {
  const column: FieldDeclaration = declaration?.fields?.[field] ?? {};
  if (isSecretDeclaration(column)) return true;
  if (SECRETS[object]?.includes(field) === true) return true;
  if (!isCredentialObject(object, declaration)) return false;
  return !(field === 'id' || HARMLESS_TYPES.has(column.type) || HARMLESS_TEXT[object]?.includes(field) === true);
}

/**
 * Whether queries must not reveal the value of a field: it is secret or hidden. The columns that the
 * platform adds itself are hidden but not protected: the organization and the search index contain
 * nothing that a reader of the row may not see.
 */
export function isProtectedField(object: string, field: string, declaration: ObjectDeclaration | undefined): boolean {
  const column: FieldDeclaration = declaration?.fields?.[field] ?? {};
  return (column.hidden === true && column.system !== true) || isSecretField(object, field, declaration);
}
