// @ts-nocheck
// 
import { findApiKey } from '../resolvers/find-api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

builder.queryField('apiKey', (t) =>
  t.withAuth({ authenticated: true }).field({
    type: ApiKeyType,
    nullable: true,
    description: 'One of your keys, by its id. Null if you have no such key.',
    args: { id: t.arg.id({ required: true, description: 'The id of the key.' }) },
    resolve: (_root, { id }, context) => findApiKey(id, context),
  }),
);
