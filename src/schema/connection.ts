import type { ClientConfiguration } from '../mcp/client-configuration.ts';
import { type Connection, connection } from '../resolvers/connection.ts';
import { builder } from './builder.ts';

const ClientConfigurationType = builder.objectRef<ClientConfiguration>('ClientConfiguration').implement({
  description: 'What a person gives to one MCP client so that it connects.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the client.' }),
    location: t.exposeString('location', { description: 'Where the configuration goes: a file, or a terminal.' }),
    config: t.exposeString('config', {
      description: 'The configuration, with `YOUR_API_KEY` where the key goes unless the client asks for it.',
    }),
  }),
});

const ConnectionType = builder.objectRef<Connection>('Connection').implement({
  description: 'How an agent connects with a key: what an interface shows beside a new one.',
  fields: (t) => ({
    mcpUrl: t.exposeString('mcpUrl', {
      description: 'The MCP endpoint, for Streamable HTTP. The key goes into `x-api-key`.',
    }),
    skill: t.exposeString('skill', {
      description: 'The agent skill (`SKILL.md`) that teaches an agent to work with this environment.',
    }),
    clients: t.field({
      type: [ClientConfigurationType],
      description: 'Ready configurations of well-known clients. The key is in none of them.',
      resolve: ({ clients }) => [...clients],
    }),
  }),
});

builder.queryField('connection', (t) =>
  t.withAuth({ authenticated: true }).field({
    type: ConnectionType,
    nullable: true,
    description: 'How an agent connects with a key; null where there is no MCP endpoint.',
    resolve: async (_root, _args, context) => (await connection(context)) ?? null,
  }),
);
