// @ts-nocheck
// 
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
 */
export function narrowKeys(context: PluginContext, uses: Pick<KeyUses, 'note'>): void {
  const narrowing = new Narrowing(currentKey);
  narrowing.ofEngine(context.getService<MiddlewareEngine>('objectql'));
  context.hook('kernel:ready', async () => {
    const lookup = serviceLookup(context);
    const mcp = await optionalService<McpServer>(lookup, 'mcp');
    if (mcp !== undefined) countMcpActions(mcp, uses);
    const security = await optionalService<SecurityService>(lookup, 'security');
    if (security === undefined) {
      context.logger.warn(
        'ApiKeysPlugin: SecurityPlugin is missing. Scopes cannot be enforced without it, so every key with scopes is refused.',
      );
      return;
    }
    narrowing.ofSecurity(security);
    if (mcp !== undefined) narrowing.ofMcp(mcp, security);
  });
}
