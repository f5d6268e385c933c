import { DEFAULT_PAGE, MAX_PAGE } from '../keys/read/list.ts';
import { ApiKeyStatus } from './api-key.ts';
import { builder } from './builder.ts';

/** What every list of keys takes. */
export const listArguments = builder.args((t) => ({
  first: t.int({ description: `How many keys to return: 0 to ${MAX_PAGE}; ${DEFAULT_PAGE} by default.` }),
  after: t.string({ description: 'Return the keys that follow this cursor.' }),
  status: t.field({ type: ApiKeyStatus, description: 'Only keys with this status.' }),
  search: t.string({
    description: 'Only keys whose name contains this text, in upper or lower case, or whose prefix begins with it.',
  }),
  expiresWithin: t.field({ type: 'Duration', description: 'Only keys that will expire within this time.' }),
  unusedFor: t.field({
    type: 'Duration',
    description: 'Only keys that have not been used for this long and are at least this old.',
  }),
}));
