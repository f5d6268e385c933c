// @ts-nocheck
import { type ClientConfiguration, clientConfigurations } from '../mcp/client-configuration.ts';
import type { AuthenticatedContext } from './context.ts';

/** What a user interface shows beside a new key. */
export interface Connection {
  readonly mcpUrl: string;
  readonly skill: string;
  readonly clients: readonly ClientConfiguration[];
}

/** `undefined` in a kernel without an MCP endpoint. */
export async function connection({ platform }: AuthenticatedContext): Promise<Connection | undefined> {
  const endpoint = await platform.mcpEndpoint();
  return endpoint && { mcpUrl: endpoint.url, skill: endpoint.skill, clients: clientConfigurations(endpoint.url) };
}
