import type { ListQuery } from '../../src/keys/read/list.ts';

/** The first page of all keys. */
export const NO_FILTERS: ListQuery = {
  first: undefined,
  after: undefined,
  status: undefined,
  search: undefined,
  expiresWithin: undefined,
  unusedFor: undefined,
};
