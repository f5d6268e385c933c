import type { Action } from '@objectstack/spec/ui';

/** The name of the action that ends all keys of a person. */
export const REVOKE_ALL_OF_OWNER = 'revoke_api_keys_of_owner';

/**
 * Who runs the active organization, as far as the Console knows: it only decides what is shown, and the server decides
 * anew. Written as an envelope, since the Console takes a plain string above a list for JavaScript.
 */
const RUNS_ORGANIZATION = {
  dialect: 'cel',
  source: ['org_owner', 'org_admin', 'platform_admin']
    .map((position) => `'${position}' in current_user.positions`)
    .join(' || '),
} as const;

/** The value with which a form removes a rule. */
const NO_RULE = { value: 'none', label: 'No rule' };
const days = (count: number): { value: string; label: string } => ({ value: `P${count}D`, label: `${count} days` });

const RULES = [
  {
    name: 'max_lifetime',
    label: 'Longest lifetime of a new key',
    options: [days(30), days(90), days(180), days(365), NO_RULE],
  },
  {
    name: 'default_lifetime',
    label: 'Lifetime of a key created without an expiry',
    options: [days(30), days(90), days(180), days(365), NO_RULE],
  },
  {
    name: 'revoke_unused_after',
    label: 'Revoke keys that were not used for',
    options: [days(30), days(90), days(180), days(365), NO_RULE],
  },
  {
    name: 'require_scopes',
    label: 'Keys must be limited by scopes',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  {
    name: 'who_may_mint',
    label: 'Who may create keys',
    options: [
      { value: 'MEMBERS', label: 'All members' },
      { value: 'ADMINISTRATORS', label: 'Owners and administrators' },
    ],
  },
] as const;

/** Ends all keys that the owner of a key has in the organization. */
function revokeAllOfOwner(basePath: string): Action {
  return {
    name: REVOKE_ALL_OF_OWNER,
    label: 'Revoke all keys of this person',
    icon: 'user-x',
    variant: 'danger',
    locations: ['list_item', 'record_header'],
    type: 'api',
    method: 'POST',
    target: `${basePath}/keys/{id}/owner/revoke`,
    refreshAfter: true,
    visible: RUNS_ORGANIZATION,
    confirmText:
      'Revoke all keys that this person has in this organization? Everything that uses one of them loses access immediately.',
    successMessage: 'All keys of this person are revoked',
  };
}

/**
 * Changes those rules that a person chooses in the form, and leaves the others as they are. Afterwards it shows the rules
 * in force; sent without a choice, it only shows them. An action of the Console cannot read before it asks.
 */
function rules(basePath: string): Action {
  return {
    name: 'api_key_rules',
    label: 'Rules for keys',
    description:
      'Choose the rules to change. Confirm without a choice to see the rules in force. Existing keys keep working.',
    icon: 'scale',
    locations: ['list_toolbar'],
    type: 'api',
    method: 'PATCH',
    target: `${basePath}/keys/organization/policy`,
    visible: RUNS_ORGANIZATION,
    params: RULES.map(({ name, label, options }) => ({
      name,
      label,
      type: 'select' as const,
      required: false,
      options: [...options],
    })),
    resultDialog: {
      title: 'Rules for the keys of this organization',
      description: 'These rules are in force now. P90D means 90 days, and null means that there is no such rule.',
      acknowledge: 'Close',
      fields: RULES.map(({ name, label }) => ({ path: name, label, format: 'text' as const })),
    },
  };
}

/** What owners and administrators of an organization do with its keys, beside what everybody does with their own. */
export function administratorActions(basePath: string): Action[] {
  return [revokeAllOfOwner(basePath), rules(basePath)];
}
