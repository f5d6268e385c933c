import type { Page } from '@objectstack/spec/ui';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';
import { REVOKE_ALL_OF_OWNER } from './administrators.ts';

/**
 * The keys of every member, for administrators. This is a page, not a list of the object: the Console shows all lists
 * of an object to everybody who may read it, but it hides menu entries from people who lack a permission. A person who
 * knows the address of the page sees only the keys that they may read.
 */
export const ORGANIZATION_KEYS: Page = {
  name: 'api_keys_of_the_organization',
  label: 'Keys of the organization',
  icon: 'key-round',
  type: 'app',
  kind: 'full',
  template: 'default',
  isDefault: false,
  regions: [
    {
      name: 'header',
      width: 'full',
      components: [
        {
          type: 'page:header',
          properties: {
            title: 'Keys of the organization',
            subtitle: 'The keys of every member. Revoke a key to end it immediately.',
          },
        },
      ],
    },
    {
      name: 'main',
      width: 'full',
      components: [
        {
          type: 'object-grid',
          properties: {
            objectName: API_KEY_OBJECT,
            columns: ['name', 'prefix', 'user_id', 'revoked', 'last_used_at', 'expires_at', 'scopes'],
            sort: [{ field: 'created_at', order: 'desc' }],
            pagination: { pageSize: 50 },
            searchableFields: ['name', 'prefix'],
            rowActions: ['revoke_api_key', REVOKE_ALL_OF_OWNER, 'restore_api_key', 'rotate_api_key'],
          },
        },
      ],
    },
  ],
};
