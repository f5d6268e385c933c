/** The values of `list --status`, and what the server calls them. */
export const STATUSES = {
  active: 'ACTIVE',
  expired: 'EXPIRED',
  revoked: 'REVOKED',
  'owner-left': 'OWNER_LEFT',
} as const;
