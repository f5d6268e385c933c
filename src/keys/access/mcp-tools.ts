import { MCP_OAUTH_SCOPE_ACTIONS, MCP_OAUTH_SCOPE_DATA_READ, MCP_OAUTH_SCOPE_DATA_WRITE } from '@objectstack/spec/ai';
import type { Ceiling } from '../record/ceiling.ts';

/** What a permission set allows, as far as it decides which tools there are. */
export interface PermissionSet {
  readonly objects?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const READS = ['allowRead', 'viewAllRecords'];
const WRITES = ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords'];

/**
 * The tools that the MCP server is to offer under a ceiling, in the platform's own words: a family
 * for reading, one for writing, one for business actions. What a tool may do is decided when it is used.
 *
 * @param sets the permission sets of the ceiling that exist.
 */
export function toolFamilies({ actions }: Ceiling, sets: readonly PermissionSet[]): string[] {
  const rights = sets.flatMap(({ objects = {} }) => Object.values(objects));
  const allow = (names: readonly string[]): boolean =>
    rights.some((right) => names.some((name) => right[name] === true));
  const writes = allow(WRITES);
  return [
    ...(writes || allow(READS) ? [MCP_OAUTH_SCOPE_DATA_READ] : []),
    ...(writes ? [MCP_OAUTH_SCOPE_DATA_WRITE] : []),
    ...(actions ? [MCP_OAUTH_SCOPE_ACTIONS] : []),
  ];
}

/** What a tool is registered at: nothing, since only the names are wanted. */
const NO_SERVER = { registerTool: () => undefined };
/** Has everything that some tool needs. */
const ANY_BRIDGE = { aggregate: () => undefined };

/** The names of the platform's tools in these families. Tools of other plugins are in none. */
export async function toolsIn(families: readonly string[]): Promise<ReadonlySet<string>> {
  const { registerActionTools, registerObjectTools } = await import('@objectstack/mcp');
  const options = { grantedScopes: [...families] };
  return new Set([
    ...registerObjectTools(NO_SERVER as never, ANY_BRIDGE as never, options),
    ...registerActionTools(NO_SERVER as never, ANY_BRIDGE as never, options),
  ]);
}
