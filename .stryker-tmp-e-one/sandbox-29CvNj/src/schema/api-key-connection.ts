// @ts-nocheck
import { cursorOf, type Page } from '../keys/read/list.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

const PageInfo = builder.objectRef<Page>('PageInfo').implement({
  description: 'The position of a page in its list (Relay Cursor Connections). Only forward pagination is supported.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether more keys follow this page.' }),
    hasPreviousPage: t.boolean({
      description: 'Always false, as the Relay specification allows for forward pagination.',
      resolve: () => false,
    }),
    startCursor: t.string({
      nullable: true,
      description: 'The cursor of the first key on this page.',
      resolve: ({ keys }) => (keys[0] === undefined ? null : cursorOf(keys[0])),
    }),
    endCursor: t.string({
      nullable: true,
      description: 'The cursor of the last key on this page. Pass it as `after` to get the next page.',
      resolve: ({ keys }) => {
        const last = keys.at(-1);
        return last === undefined ? null : cursorOf(last);
      },
    }),
  }),
});

const ApiKeyEdge = builder.objectRef<ApiKey>('ApiKeyEdge').implement({
  description: 'A key and its position in the list.',
  fields: (t) => ({
    node: t.field({ type: ApiKeyType, description: 'The key.', resolve: (key) => key }),
    cursor: t.string({
      description: 'The position of the key. Pass it as `after` to get the keys that follow.',
      resolve: cursorOf,
    }),
  }),
});

export const ApiKeyConnection = builder.objectRef<Page>('ApiKeyConnection').implement({
  description: 'A page of keys, newest first.',
  fields: (t) => ({
    edges: t.field({
      type: [ApiKeyEdge],
      description: 'The keys on this page, with their cursors.',
      resolve: ({ keys }) => [...keys],
    }),
    nodes: t.field({ type: [ApiKeyType], description: 'The keys on this page.', resolve: ({ keys }) => [...keys] }),
    pageInfo: t.field({
      type: PageInfo,
      description: 'The position of this page in the list.',
      resolve: (page) => page,
    }),
    totalCount: t.int({
      description: 'The number of keys on all pages. Counted only when requested.',
      resolve: (page) => page.totalCount(),
    }),
  }),
});
