import { findApiKey } from '../resolvers/find-api-key.ts';
import { ApiKeyType } from './api-key.ts';
import { builder } from './builder.ts';

builder.queryField('apiKey', (t) =>
  t.withAuth({ authenticated: true }).field({
    type: ApiKeyType,
    nullable: true,
    description: 'A key of the caller by its id. Null when there is none, or when it is not theirs.',
    args: { id: t.arg.id({ required: true, description: 'The id of the key.' }) },
    resolve: (_root, { id }, context) => findApiKey(id, context),
  }),
);
