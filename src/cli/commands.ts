import type { ListApiKeysQueryVariables } from '../operations/documents.ts';
import { serverOrigin } from './address.ts';
import { Server } from './client.ts';
import { CliError, EXIT } from './exit.ts';
import { expiryInstant } from './expiry.ts';
import { type ApiKey, CREATE, LIST, type Minted, RESTORE, REVOKE, ROTATE } from './key-operations.ts';
import { withSession } from './session.ts';
import { printable, progress, result, table } from './terminal.ts';

/** Options of every command that asks a server. */
export interface ServerOptions {
  readonly url: string;
  readonly email?: string;
  readonly insecure?: boolean;
  readonly json?: boolean;
}

type Ask = <T>(work: (server: Server, token: string) => Promise<T>) => Promise<T>;

function connect(options: ServerOptions): Ask {
  const server = new Server(serverOrigin(options.url, options.insecure ?? false));
  return (work) => withSession(server, options.email, (token) => work(server, token));
}

export async function mint(
  options: ServerOptions & { name: string; scope: string[]; expires?: string },
): Promise<void> {
  const input = {
    name: options.name,
    ...(options.scope.length === 0 ? {} : { scopes: options.scope }),
    ...(options.expires === undefined ? {} : { expiresAt: expiryInstant(options.expires) }),
  };
  const { createApiKey } = await connect(options)((server, token) => server.execute(token, CREATE, { input }));
  showSecret('Created', createApiKey, options.json);
}

export async function rotate(id: string, options: ServerOptions & { overlap?: string }): Promise<void> {
  const input = { id, ...(options.overlap === undefined ? {} : { overlap: options.overlap }) };
  const { rotateApiKey } = await connect(options)((server, token) => server.execute(token, ROTATE, { input }));
  showSecret('Rotated into', rotateApiKey, options.json);
}

export async function revoke(id: string, options: ServerOptions): Promise<void> {
  const { revokeApiKey } = await connect(options)((server, token) => server.execute(token, REVOKE, { input: { id } }));
  showChange('Revoked', revokeApiKey.apiKey, options.json);
}

export async function restore(id: string, options: ServerOptions): Promise<void> {
  const { restoreApiKey } = await connect(options)((server, token) =>
    server.execute(token, RESTORE, { input: { id } }),
  );
  showChange('Restored', restoreApiKey.apiKey, options.json);
}

/** Keys asked for at once. */
const PAGE = 100;

/** The values of `list --status`, and what the server calls them. */
export const STATUSES = { active: 'ACTIVE', expired: 'EXPIRED', revoked: 'REVOKED' } as const;

export async function list(options: ServerOptions & { status?: keyof typeof STATUSES; limit: number }): Promise<void> {
  const status = options.status && STATUSES[options.status];
  const keys = await connect(options)(async (server, token) => {
    const found: ApiKey[] = [];
    let after: string | null = null;
    do {
      const variables: ListApiKeysQueryVariables = {
        first: Math.min(PAGE, options.limit - found.length),
        after,
        status,
      };
      const { viewer } = await server.execute(token, LIST, variables);
      const { nodes, pageInfo } = viewer.apiKeys;
      found.push(...nodes);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null && found.length < options.limit);
    return found;
  });
  if (options.json) return result(JSON.stringify(keys, null, 2));
  if (keys.length === 0) return progress('No keys.');
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.prefix,
    key.status,
    key.expiresAt ?? 'never',
    key.lastUsedAt ?? 'unknown',
  ]);
  for (const line of table(['ID', 'NAME', 'PREFIX', 'STATUS', 'EXPIRES', 'LAST USED'], rows)) result(line);
}

/** The key alone on stdout; what it belongs to on stderr. */
function showSecret(done: string, { apiKey, key }: Minted, json = false): void {
  if (key === null) {
    throw new CliError(
      EXIT.refused,
      `The key ${apiKey.id} exists, but its secret was in an answer that was lost. Rotate it: rotate ${apiKey.id}`,
    );
  }
  progress(`${done} ${describe(apiKey)}. The key is shown once: keep it now.`);
  result(json ? JSON.stringify({ apiKey, key }, null, 2) : key);
}

function showChange(done: string, apiKey: ApiKey, json = false): void {
  progress(`${done} ${describe(apiKey)}.`);
  if (json) result(JSON.stringify({ apiKey }, null, 2));
}

function describe(key: ApiKey): string {
  const expiry = key.expiresAt === null ? 'does not expire' : `expires ${key.expiresAt}`;
  return `"${printable(key.name)}" (${key.id}, ${key.prefix}…, ${expiry})`;
}
