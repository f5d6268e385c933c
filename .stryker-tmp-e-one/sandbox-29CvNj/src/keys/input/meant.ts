// @ts-nocheck
import { quoteName } from '../../http/printable-name.ts';

/** What people write for a field of an input, without capitals, `_` and `-`. */
const MEANT: Readonly<Record<string, string>> = {
  title: 'name',
  label: 'name',
  keyname: 'name',
  note: 'description',
  comment: 'description',
  scope: 'scopes',
  permission: 'scopes',
  permissions: 'scopes',
  permissionset: 'scopes',
  permissionsets: 'scopes',
  roles: 'scopes',
  expires: 'expiresAt',
  expiry: 'expiresAt',
  expiration: 'expiresAt',
  expirydate: 'expiresAt',
  expirationdate: 'expiresAt',
  validuntil: 'expiresAt',
  ttl: 'expiresIn',
  lifetime: 'expiresIn',
  lifespan: 'expiresIn',
  validfor: 'expiresIn',
  networks: 'allowedNetworks',
  ips: 'allowedNetworks',
  allowedips: 'allowedNetworks',
  ipallowlist: 'allowedNetworks',
  cidrs: 'allowedNetworks',
  grace: 'overlap',
  graceperiod: 'overlap',
};

const OWNER = 'A key always belongs to the person who creates it.';
const ORGANIZATION = 'A key belongs to the active organization of your session: switch to the one that you want first.';
const SECRET = 'The service makes the secret and returns it once, in the response.';

/** Fields that no input has, on purpose. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  user: OWNER,
  userid: OWNER,
  owner: OWNER,
  ownerid: OWNER,
  organization: ORGANIZATION,
  organizationid: ORGANIZATION,
  activeorganizationid: ORGANIZATION,
  orgid: ORGANIZATION,
  tenantid: ORGANIZATION,
  key: SECRET,
  secret: SECRET,
  token: SECRET,
  hash: SECRET,
  prefix: SECRET,
};

const plain = (field: string): string => field.replace(/[_-]/g, '').toLowerCase();

/**
 * What to do about a field that an input does not have: the field that is probably meant, why there is none,
 * or the fields that there are.
 *
 * @param fields the fields of the input, as the endpoint spells them.
 */
export function adviceOnUnknownField(field: string, fields: readonly string[]): string {
  if (fields.length === 0) return 'Leave it out.';
  const bare = plain(field);
  const meant = Object.hasOwn(MEANT, bare) ? MEANT[bare] : bare;
  const known = fields.find((one) => plain(one) === plain(meant ?? ''));
  if (known !== undefined) return `Use ${quoteName(known)}.`;
  if (Object.hasOwn(NOT_ASKED, bare)) return NOT_ASKED[bare] ?? '';
  return `It has ${fields.map(quoteName).join(', ')}.`;
}
