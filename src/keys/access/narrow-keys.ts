import type { PluginContext } from '@objectstack/core';
import type { MiddlewareEngine } from '../../platform/middleware.ts';
import { optionalService, serviceLookup } from '../../platform/service-lookup.ts';
import { currentKey } from '../admission/current-key.ts';
import type { KeyUses } from '../admission/key-uses.ts';
import { countMcpActions } from './mcp-actions.ts';
import { type McpServer, Narrowing, type SecurityService } from './narrowing.ts';

/**
 * Holds the keys of a kernel to their scopes. To be called while this plugin initializes, before the
 * security plugin starts.
 *
 * @param uses is told of the actions that agents run.
 * @returns the tools that the key of the request that is under way is offered; `undefined` for all of them.
 */
export function narrowKeys(
  context: PluginContext,
  uses: Pick<KeyUses, 'note'>,
): () => Promise<ReadonlySet<string> | undefined> {
  const narrowing = new Narrowing(currentKey);
  let security: SecurityService | undefined;
  narrowing.ofEngine(context.getService<MiddlewareEngine>('objectql'));
  context.hook('kernel:ready', async () => {
    const lookup = serviceLookup(context);
    const mcp = await optionalService<McpServer>(lookup, 'mcp');
    if (mcp !== undefined) countMcpActions(mcp, uses);
    security = await optionalService<SecurityService>(lookup, 'security');
    if (security === undefined) {
      context.logger.warn(
        'ApiKeysPlugin: SecurityPlugin is missing. Scopes cannot be enforced without it, so every key with scopes is refused.',
      );
      return;
    }
    narrowing.ofSecurity(security);
    if (mcp !== undefined) narrowing.ofMcp(mcp, security);
  });
  // Without the security service a key with scopes is refused before anybody asks what it may use.
  return async () => (security === undefined ? new Set() : narrowing.offeredTools(security));
}
