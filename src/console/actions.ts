import type { Action } from '@objectstack/spec/ui';

/** The dialog that shows a new key once. It masks the key, offers to copy it, and closes only with its button. */
const REVEAL = {
  acknowledge: 'I have saved the key',
  fields: [
    { path: 'name', label: 'Name', format: 'text' },
    { path: 'key', label: 'API key', format: 'secret' },
    { path: 'expires_at', label: 'Expires', format: 'text' },
  ],
} as const;

/** A choice in a form. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The scopes, with readable labels. `*` explicitly means no limit. */
export const SCOPE_CHOICES: readonly Choice[] = [
  { value: 'data:read', label: 'Read data' },
  { value: 'data:write', label: 'Read and write data' },
  { value: 'actions:execute', label: 'Run actions' },
  { value: '*', label: 'Everything that I may do' },
];

/** Only an active key can be revoked or rotated. `has` is needed because the record page evaluates this before it has the record. */
const IN_USE = 'has(record.revoked) && !record.revoked';
const REVOKED = 'has(record.revoked) && record.revoked';
/** Some lists contain the owner's id, others and record pages the owner. */
const OWN = '(record.user_id == current_user.id || record.user_id.id == current_user.id)';
/** A person can rotate only their own keys that have not expired. */
const CAN_ROTATE = [
  IN_USE,
  OWN,
  '(!has(record.expires_at) || record.expires_at == null || datetime(record.expires_at) > now())',
].join(' && ');

/** An action of the platform, where it makes sense. Only the owner of a key can restore it. */
export function whereItMakesSense(action: Action, basePath: string): Action {
  // At the data API, nobody revokes the key of somebody else; here, administrators do.
  if (action.name === 'revoke_api_key') return { ...action, visible: IN_USE, target: `${basePath}/keys/{id}` };
  if (action.name === 'restore_api_key') return { ...action, visible: `${REVOKED} && ${OWN}` };
  return action;
}

/**
 * The form that creates a key. It is shown to every member; the server decides who may use it.
 *
 * @param scopes what a key may be limited to; more may be added until the server listens.
 */
export function createAction(basePath: string, scopes: Choice[]): Action {
  return {
    name: 'create_api_key',
    label: 'Create API key',
    icon: 'plus',
    variant: 'primary',
    locations: ['list_toolbar'],
    type: 'api',
    method: 'POST',
    target: `${basePath}/keys`,
    refreshAfter: true,
    params: [
      { name: 'name', label: 'Name', type: 'text', required: true, placeholder: 'What the key is for' },
      {
        name: 'scopes',
        label: 'What it may do',
        type: 'select',
        multiple: true,
        required: true,
        options: scopes,
        helpText: 'A key can never do more than you can.',
      },
      {
        name: 'expires_in',
        label: 'Expires',
        type: 'select',
        required: true,
        defaultValue: 'P90D',
        options: [
          { value: 'P30D', label: 'In 30 days' },
          { value: 'P90D', label: 'In 90 days' },
          { value: 'P365D', label: 'In 365 days' },
          { value: 'date', label: 'On the date below' },
          { value: 'never', label: 'Never' },
        ],
      },
      { name: 'expires_at', label: 'Date', type: 'datetime', helpText: 'Only with "On the date below".' },
      {
        name: 'allowed_networks',
        label: 'Networks',
        type: 'text',
        placeholder: '203.0.113.0/24, 2001:db8::/32',
        helpText: 'The networks that may use the key. Leave it empty to allow any.',
      },
      { name: 'description', label: 'Description', type: 'text' },
    ],
    resultDialog: {
      ...REVEAL,
      fields: [...REVEAL.fields],
      title: 'Your new API key',
      description: 'Copy the key now. It is shown only once.',
    },
  };
}

/** The form that replaces a key with a new one. */
export function rotateAction(basePath: string): Action {
  return {
    name: 'rotate_api_key',
    label: 'Rotate API key',
    icon: 'refresh-cw',
    locations: ['list_item', 'record_header'],
    type: 'api',
    method: 'POST',
    target: `${basePath}/keys/{id}/rotate`,
    refreshAfter: true,
    visible: CAN_ROTATE,
    params: [
      {
        name: 'overlap',
        label: 'The old key keeps working for',
        type: 'select',
        required: true,
        defaultValue: 'PT1H',
        options: [
          { value: 'PT0S', label: 'Not at all: revoke it now' },
          { value: 'PT1H', label: 'One hour' },
          { value: 'P1D', label: 'One day' },
          { value: 'P7D', label: 'Seven days' },
        ],
      },
    ],
    resultDialog: {
      ...REVEAL,
      fields: [...REVEAL.fields],
      title: 'Your replacement key',
      description: 'Copy the new key now. It is shown only once.',
    },
  };
}
