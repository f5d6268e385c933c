import { randomUUID } from 'node:crypto';
import { type RequestScope, withinRequest } from '../../http/request-scope.ts';
import { presentKey } from './current-key.ts';

/** A connection of the MCP SDK. */
interface Transport {
  onmessage?: ((...message: unknown[]) => void) | undefined;
  send?(message: object, ...rest: unknown[]): Promise<void>;
  onerror?: ((error: Error) => void) | undefined;
}

/** The long-lived server of the platform's `mcp` service. Requests over HTTP have a separate server each. */
export interface McpService {
  readonly server: {
    connect(transport: Transport): Promise<void>;
    readonly server: { readonly transport?: Transport | undefined };
  };
}

/** What a message is checked against. Each function throws if it cannot tell. */
export interface StdioChecks {
  /** Whether the key of the process is active now. */
  isLive(): Promise<boolean>;
  /** The tools that the scopes of this key leave it now; `undefined` for a key without scopes. */
  offeredTools(): Promise<ReadonlySet<string> | undefined>;
}

/** A JSON-RPC error. */
interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** A JSON-RPC request. */
interface Call {
  readonly id: unknown;
  readonly method: unknown;
  readonly params?: { readonly name?: unknown };
}

/** JSON-RPC error codes that a server may define. */
const REFUSED = -32_001;
const UNAVAILABLE = -32_003;

/**
 * Gives each message over stdio a request scope with the key in `OS_MCP_STDIO_API_KEY`, so that everything
 * closed to keys is closed there, too. The platform verifies the key when a tool reads or writes records, but
 * not when a tool lists objects; this verifies it for each request. The platform also offers the same tools for as
 * long as the process runs; here a key with scopes is offered what it would be offered over HTTP.
 *
 * @param path of the MCP endpoint.
 */
export function scopeStdio({ server }: McpService, path: string, checks: StdioChecks): void {
  const connect = server.connect.bind(server);
  server.connect = async (transport) => {
    await connect(transport);
    scopeMessages(transport, path, checks);
  };
  // The server has already started if its plugin was added before this one.
  const { transport } = server.server;
  if (transport !== undefined) scopeMessages(transport, path, checks);
}

function scopeMessages(transport: Transport, path: string, checks: StdioChecks): void {
  const { onmessage } = transport;
  if (onmessage === undefined) return;
  const lists = new ListedTools(transport);
  transport.onmessage = (...message) => {
    const scope: RequestScope = { id: randomUUID(), address: undefined, url: path, headers: new Headers() };
    const handled = withinRequest(presentKey(scope), async () => {
      const call = callIn(message[0]);
      const refusal = call === undefined ? undefined : await check(call, checks, lists);
      if (refusal === undefined) onmessage.apply(transport, message);
      else await transport.send?.({ jsonrpc: '2.0', id: call?.id, error: refusal });
    });
    // Such as a pipe that the agent has closed: it must not end the process.
    handled.catch((error) => transport.onerror?.(error));
  };
}

async function check(
  { id, method, params }: Call,
  checks: StdioChecks,
  lists: ListedTools,
): Promise<Refusal | undefined> {
  try {
    if (!(await checks.isLive())) {
      return { code: REFUSED, message: 'The API key is no longer valid. Set OS_MCP_STDIO_API_KEY to one that is.' };
    }
    if (method !== 'tools/list' && method !== 'tools/call') return undefined;
    const offered = await checks.offeredTools();
    if (offered === undefined) return undefined;
    if (method === 'tools/list') lists.limit(id, offered);
    else if (typeof params?.name !== 'string' || !offered.has(params.name)) {
      return {
        code: REFUSED,
        message: 'The scopes of this API key do not allow this tool. "tools/list" shows the tools that they allow.',
      };
    }
    return undefined;
  } catch {
    return { code: UNAVAILABLE, message: 'The server cannot check the API key right now. Try again shortly.' };
  }
}

/** Takes the tools that a key may not use out of the lists that a transport sends. */
class ListedTools {
  readonly #limits = new Map<unknown, ReadonlySet<string>>();

  constructor(transport: Transport) {
    const send = transport.send?.bind(transport);
    if (send === undefined) return;
    transport.send = (message, ...rest) => send(this.#limited(message), ...rest);
  }

  /** @param id of the request for the list. */
  limit(id: unknown, offered: ReadonlySet<string>): void {
    this.#limits.set(id, offered);
  }

  #limited(message: object): object {
    const { id, result } = message as { id?: unknown; result?: { tools?: readonly { name: string }[] } };
    const offered = this.#limits.get(id);
    // A request of the server has an id of its own, which may be the same.
    if (offered === undefined || 'method' in message) return message;
    this.#limits.delete(id);
    if (result?.tools === undefined) return message;
    return { ...message, result: { ...result, tools: result.tools.filter(({ name }) => offered.has(name)) } };
  }
}

/** A message that is a request; notifications and responses are none. */
function callIn(message: unknown): Call | undefined {
  return typeof message === 'object' && message !== null && 'method' in message && 'id' in message
    ? (message as Call)
    : undefined;
}
