import type { PluginContext } from '@objectstack/core';
import type { MiddlewareEngine } from '../../platform/middleware.ts';
import { isNotRegistered, serviceLookup } from '../../platform/service-lookup.ts';
import { currentKey } from '../admission/current-key.ts';
import { type McpServer, Narrowing, type SecurityService } from './narrowing.ts';

/**
 * Holds the keys of a kernel to their scopes. To be called while this plugin initializes, before the
 * security plugin starts.
 */
export function narrowKeys(context: PluginContext): void {
  const narrowing = new Narrowing(currentKey);
  narrowing.ofEngine(context.getService<MiddlewareEngine>('objectql'));
  context.hook('kernel:ready', async () => {
    const lookup = serviceLookup(context);
    const optional = async <T>(name: string): Promise<T | undefined> => {
      try {
        return await lookup<T>(name);
      } catch (error) {
        if (isNotRegistered(error)) return undefined;
        throw error;
      }
    };
    const security = await optional<SecurityService>('security');
    if (security === undefined) {
      context.logger.warn(
        'ApiKeysPlugin: SecurityPlugin is missing. Nothing could enforce scopes, so every key with scopes is refused.',
      );
      return;
    }
    narrowing.ofSecurity(security);
    const mcp = await optional<McpServer>('mcp');
    if (mcp !== undefined) narrowing.ofMcp(mcp, security);
  });
}
