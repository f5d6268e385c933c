/** The values of `list --status`, and what the server calls them. */
// @ts-nocheck

export const STATUSES = {
  active: 'ACTIVE',
  expired: 'EXPIRED',
  revoked: 'REVOKED',
  'owner-left': 'OWNER_LEFT',
} as const;
