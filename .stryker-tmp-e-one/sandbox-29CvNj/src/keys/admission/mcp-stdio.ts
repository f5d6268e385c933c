// @ts-nocheck
import { randomUUID } from 'node:crypto';
import { type RequestScope, withinRequest } from '../../http/request-scope.ts';
import { presentKey } from './current-key.ts';

/** A connection of the MCP SDK. */
interface Transport {
  onmessage?: ((...message: unknown[]) => void) | undefined;
  send?(message: object): Promise<void>;
  onerror?: ((error: Error) => void) | undefined;
}

/** The long-lived server of the platform's `mcp` service. Requests over HTTP have a separate server each. */
export interface McpService {
  readonly server: {
    connect(transport: Transport): Promise<void>;
    readonly server: { readonly transport?: Transport | undefined };
  };
}

/** Whether the key of the process is active now. @throws ServiceError if this cannot be determined. */
export type IsLive = () => Promise<boolean>;

/** JSON-RPC error codes that a server may define. */
const REFUSED = -32_001;
const UNAVAILABLE = -32_003;

/**
 * Gives each message over stdio a request scope with the key in `OS_MCP_STDIO_API_KEY`, so that everything
 * closed to keys is closed there, too. The platform verifies the key when a tool reads or writes records, but
 * not when a tool lists objects; this verifies it for each request.
 *
 * @param path of the MCP endpoint.
 */
export function scopeStdio({ server }: McpService, path: string, isLive: IsLive): void {
  const connect = server.connect.bind(server);
  server.connect = async (transport) => {
    await connect(transport);
    scopeMessages(transport, path, isLive);
  };
  // The server has already started if its plugin was added before this one.
  const { transport } = server.server;
  if (transport !== undefined) scopeMessages(transport, path, isLive);
}

function scopeMessages(transport: Transport, path: string, isLive: IsLive): void {
  const { onmessage } = transport;
  if (onmessage === undefined) return;
  transport.onmessage = (...message) => {
    const scope: RequestScope = { id: randomUUID(), address: undefined, url: path, headers: new Headers() };
    const handled = withinRequest(presentKey(scope), async () => {
      const id = requestIdOf(message[0]);
      const refusal = id === undefined ? undefined : await refusalBy(isLive);
      if (refusal === undefined) onmessage.apply(transport, message);
      else await transport.send?.({ jsonrpc: '2.0', id, error: refusal });
    });
    // Such as a pipe that the agent has closed: it must not end the process.
    handled.catch((error) => transport.onerror?.(error));
  };
}

async function refusalBy(isLive: IsLive): Promise<{ code: number; message: string } | undefined> {
  try {
    if (await isLive()) return undefined;
    return { code: REFUSED, message: 'The API key is no longer valid. Set OS_MCP_STDIO_API_KEY to one that is.' };
  } catch {
    return { code: UNAVAILABLE, message: 'The server cannot check the API key right now. Try again shortly.' };
  }
}

/** The id of a request; notifications and responses have none. */
function requestIdOf(message: unknown): unknown {
  if (typeof message !== 'object' || message === null || !('method' in message) || !('id' in message)) return undefined;
  return message.id;
}
