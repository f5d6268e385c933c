// @ts-nocheck
// 
import { connected, type ServerOptions } from './connect.ts';
import { CliError, EXIT } from './exit.ts';
import { POLICY, type Policy, REVOKE_ALL, UPDATE_POLICY } from './organization-operations.ts';
import { table } from './table.ts';
import { progress, result, resultJson } from './terminal.ts';

/** What takes a rule back. */
const OFF = 'off';

export interface PolicyOptions extends ServerOptions {
  readonly maxLifetime?: string;
  readonly defaultLifetime?: string;
  readonly revokeUnusedAfter?: string;
  readonly requireScopes?: 'yes' | 'no';
  readonly whoMayMint?: 'members' | 'administrators';
}

/** Shows the rules of the active organization, after it has changed those that are given. */
export async function policy(options: PolicyOptions): Promise<void> {
  const input = inputOf(options);
  const rules = await connected(options, async (execute) => {
    if (Object.keys(input).length > 0) return (await execute(UPDATE_POLICY, { input })).updateApiKeyPolicy.apiKeyPolicy;
    const { organization } = await execute(POLICY, {});
    if (organization === null) {
      throw new CliError(EXIT.refused, 'Your session has no active organization. Select one first.', 'NO_ORGANIZATION');
    }
    return organization.apiKeyPolicy;
  });
  if (options.json) return resultJson(rules);
  show(rules);
}

/** Ends all keys that a person has in the active organization. */
export async function endKeysOf(userId: string, options: ServerOptions): Promise<void> {
  const { revokeApiKeysOf } = await connected(options, (execute) => execute(REVOKE_ALL, { input: { userId } }));
  progress(`Revoked ${revokeApiKeysOf.revoked} keys.`);
  if (options.json) resultJson(revokeApiKeysOf);
}

function inputOf({ maxLifetime, defaultLifetime, revokeUnusedAfter, requireScopes, whoMayMint }: PolicyOptions) {
  const durations = Object.entries({ maxLifetime, defaultLifetime, revokeUnusedAfter }).flatMap(([rule, value]) =>
    value === undefined ? [] : [[rule, value === OFF ? null : value] as const],
  );
  return {
    ...Object.fromEntries(durations),
    ...(requireScopes && { requireScopes: requireScopes === 'yes' }),
    ...(whoMayMint && { whoMayMint: whoMayMint === 'members' ? ('MEMBERS' as const) : ('ADMINISTRATORS' as const) }),
  };
}

function show({ maxLifetime, defaultLifetime, revokeUnusedAfter, requireScopes, whoMayMint }: Policy): void {
  const rules = [
    ['longest life', maxLifetime ?? OFF],
    ['default life', defaultLifetime ?? OFF],
    ['revoked when unused for', revokeUnusedAfter ?? OFF],
    ['scopes required', requireScopes ? 'yes' : 'no'],
    ['created by', whoMayMint.toLowerCase()],
  ];
  for (const line of table(['RULE', 'VALUE'], rules, { width: undefined, paint: (text) => text })) result(line);
}
