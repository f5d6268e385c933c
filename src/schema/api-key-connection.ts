import { cursorOf, type Page } from '../keys/read/list.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

const PageInfo = builder.objectRef<Page>('PageInfo').implement({
  description: 'Where a page stands in its connection (Relay Cursor Connections). Pages go forward only.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether there are keys after this page.' }),
    hasPreviousPage: t.boolean({
      description: 'Always false: pages go forward only, and the specification allows it then.',
      resolve: () => false,
    }),
    startCursor: t.string({
      nullable: true,
      description: 'The cursor of the first key of the page.',
      resolve: ({ keys }) => (keys[0] === undefined ? null : cursorOf(keys[0])),
    }),
    endCursor: t.string({
      nullable: true,
      description: 'The cursor of the last key of the page, for the next `after`.',
      resolve: ({ keys }) => {
        const last = keys.at(-1);
        return last === undefined ? null : cursorOf(last);
      },
    }),
  }),
});

const ApiKeyEdge = builder.objectRef<ApiKey>('ApiKeyEdge').implement({
  description: 'A key and its place in the connection.',
  fields: (t) => ({
    node: t.field({ type: ApiKeyType, description: 'The key.', resolve: (key) => key }),
    cursor: t.string({ description: 'The place of the key, for `after`.', resolve: cursorOf }),
  }),
});

export const ApiKeyConnection = builder.objectRef<Page>('ApiKeyConnection').implement({
  description: 'A page of keys, newest first.',
  fields: (t) => ({
    edges: t.field({
      type: [ApiKeyEdge],
      description: 'The keys of the page with their cursors.',
      resolve: ({ keys }) => [...keys],
    }),
    nodes: t.field({ type: [ApiKeyType], description: 'The keys of the page.', resolve: ({ keys }) => [...keys] }),
    pageInfo: t.field({ type: PageInfo, description: 'Where the page stands.', resolve: (page) => page }),
    totalCount: t.int({
      description: 'How many keys there are over all pages. Counted only when it is asked for.',
      resolve: (page) => page.totalCount(),
    }),
  }),
});
