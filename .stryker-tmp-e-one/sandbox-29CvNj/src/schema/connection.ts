// @ts-nocheck
import type { ClientConfiguration } from '../mcp/client-configuration.ts';
import { type Connection, connection } from '../resolvers/connection.ts';
import { builder } from './builder.ts';

const ClientConfigurationType = builder.objectRef<ClientConfiguration>('ClientConfiguration').implement({
  description: 'How to configure one MCP client.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the client.' }),
    location: t.exposeString('location', { description: 'Where the configuration goes: a file or a terminal.' }),
    config: t.exposeString('config', {
      description:
        'The configuration. Replace `YOUR_API_KEY` with the key. A configuration without it makes the client ask for the key.',
    }),
  }),
});

const ConnectionType = builder.objectRef<Connection>('Connection').implement({
  description: 'How to connect an agent with a key. Show this beside a new key.',
  fields: (t) => ({
    mcpUrl: t.exposeString('mcpUrl', {
      description: 'The URL of the MCP endpoint (Streamable HTTP). Send the key in the `x-api-key` header.',
    }),
    skill: t.exposeString('skill', {
      description: 'The agent skill (`SKILL.md`) that teaches an agent to work with this environment.',
    }),
    clients: t.field({
      type: [ClientConfigurationType],
      description: 'Ready-made configurations for well-known clients. They do not contain the key.',
      resolve: ({ clients }) => [...clients],
    }),
  }),
});

builder.queryField('connection', (t) =>
  t.withAuth({ authenticated: true }).field({
    type: ConnectionType,
    nullable: true,
    description: 'How to connect an agent with a key; null if there is no MCP endpoint.',
    resolve: async (_root, _args, context) => (await connection(context)) ?? null,
  }),
);
