import { randomUUID } from 'node:crypto';
import { type RequestScope, withinRequest } from '../../http/request-scope.ts';
import { presentKey } from './current-key.ts';

/** A connection of the MCP SDK. */
interface Transport {
  onmessage?: ((...message: unknown[]) => void) | undefined;
}

/** The `mcp` service of the platform, as far as its long-lived server goes. Requests over HTTP have one each. */
export interface McpService {
  readonly server: {
    connect(transport: Transport): Promise<void>;
    readonly server: { readonly transport?: Transport | undefined };
  };
}

/**
 * Gives each message that comes over stdio a scope, as a request has: it is sent with the key in
 * `OS_MCP_STDIO_API_KEY`, and what is closed to keys must be closed there as well.
 *
 * @param path of the MCP endpoint.
 */
export function scopeStdio({ server }: McpService, path: string): void {
  const connect = server.connect.bind(server);
  server.connect = async (transport) => {
    await connect(transport);
    scopeMessages(transport, path);
  };
  // It has started already where its plugin was added before this one.
  const { transport } = server.server;
  if (transport !== undefined) scopeMessages(transport, path);
}

function scopeMessages(transport: Transport, path: string): void {
  const { onmessage } = transport;
  if (onmessage === undefined) return;
  transport.onmessage = (...message) => {
    const scope: RequestScope = { id: randomUUID(), address: undefined, url: path, headers: new Headers() };
    withinRequest(presentKey(scope), () => onmessage.apply(transport, message));
  };
}
