// @ts-nocheck
import { DEFAULT_PAGE, MAX_PAGE } from '../keys/read/list.ts';
import { ApiKeyStatus } from './api-key.ts';
import { builder } from './builder.ts';

/** The arguments of every list of keys. */
export const listArguments = builder.args((t) => ({
  first: t.int({ description: `How many keys to return: 0 to ${MAX_PAGE}; ${DEFAULT_PAGE} by default.` }),
  after: t.string({ description: 'Return the keys that follow this cursor.' }),
  status: t.field({ type: ApiKeyStatus, description: 'Only keys with this status.' }),
  search: t.string({
    description:
      'Only keys whose name or description contains this text, ignoring case, or whose prefix starts with it.',
  }),
  expiresWithin: t.field({ type: 'Duration', description: 'Only keys that expire within this time from now.' }),
  unusedFor: t.field({
    type: 'Duration',
    description: 'Only keys that have not been used for this long and are at least this old.',
  }),
}));
