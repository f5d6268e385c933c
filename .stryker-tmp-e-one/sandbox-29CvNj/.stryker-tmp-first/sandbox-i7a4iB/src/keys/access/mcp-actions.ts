// @ts-nocheck
// 
import { currentKey } from '../admission/current-key.ts';
import type { KeyUses } from '../admission/key-uses.ts';
import type { McpServer } from './narrowing.ts';

/** What the tools of an agent call, as far as actions go. */
interface ActionBridge {
  runAction(name: string, input?: unknown): Promise<unknown>;
}

/** Counts the business actions that keys run through MCP: no operation of the engine says that there was one. */
export function countMcpActions(server: McpServer, uses: Pick<KeyUses, 'note'>): void {
  const handle = server.handleHttpRequest.bind(server);
  server.handleHttpRequest = (request, options) => {
    const bridge = options?.bridge;
    if (!runsActions(bridge)) return handle(request, options);
    const runAction = async (name: string, input?: unknown): Promise<unknown> => {
      const result = await bridge.runAction(name, input);
      const key = currentKey();
      if (key !== undefined) uses.note(key.id, objectOf(result), 'EXECUTE');
      return result;
    };
    return handle(request, { ...options, bridge: { ...bridge, runAction } });
  };
}

function runsActions(bridge: object | undefined): bridge is ActionBridge {
  return bridge !== undefined && 'runAction' in bridge && typeof bridge.runAction === 'function';
}

function objectOf(result: unknown): string {
  const { objectName } = (result ?? {}) as { readonly objectName?: unknown };
  return typeof objectName === 'string' ? objectName : '';
}
