// @ts-nocheck
import { connected, type ServerOptions } from './connect.ts';
import { CliError, EXIT, usageError } from './exit.ts';
import { expiryInstant } from './expiry.ts';
import { wholeId } from './find-key.ts';
import { type ApiKey, CREATE, type Minted, RESTORE, REVOKE, ROTATE, UPDATE } from './key-operations.ts';
import { progress, result, resultJson } from './terminal.ts';

/** A key of the platform: `osk_` and 32 random bytes in base64url. */
const KEY = /^osk_[A-Za-z0-9_-]{43}$/;

/** What is said of a key with options, of a new one and of one that is changed. */
interface KeyOptions {
  readonly description?: string;
  readonly scope: readonly string[];
  readonly from: readonly string[];
  readonly expires?: string;
}

function inputOf({ description, scope, from, expires }: KeyOptions) {
  return {
    ...(description === undefined ? {} : { description }),
    ...(scope.length === 0 ? {} : { scopes: [...scope] }),
    ...(from.length === 0 ? {} : { allowedNetworks: [...from] }),
    ...(expires === undefined ? {} : { expiresAt: expiryInstant(expires) }),
  };
}

export async function mint(options: ServerOptions & KeyOptions & { name: string }): Promise<void> {
  const input = { name: options.name, ...inputOf(options) };
  const { createApiKey } = await connected(options, (execute) => execute(CREATE, { input }));
  showSecret('Created', createApiKey, options.json);
}

export async function rotate(id: string, options: ServerOptions & { overlap?: string }): Promise<void> {
  const overlap = options.overlap === undefined ? {} : { overlap: options.overlap };
  const { rotateApiKey } = await connected(options, async (execute) =>
    execute(ROTATE, { input: { id: await wholeId(execute, id), ...overlap } }),
  );
  showSecret('Rotated into', rotateApiKey, options.json);
}

/** Renames or describes a key, or takes something away from it. */
export async function narrow(id: string, options: ServerOptions & KeyOptions & { name?: string }): Promise<void> {
  const changes = { ...(options.name === undefined ? {} : { name: options.name }), ...inputOf(options) };
  if (Object.keys(changes).length === 0) {
    throw usageError('Say what to change: --name, --description, --scope, --from or --expires.');
  }
  const { updateApiKey } = await connected(options, async (execute) =>
    execute(UPDATE, { input: { id: await wholeId(execute, id), ...changes } }),
  );
  showChange('Changed', updateApiKey.apiKey, options.json);
}

export async function revoke(id: string, options: ServerOptions): Promise<void> {
  const { revokeApiKey } = await connected(options, async (execute) =>
    execute(REVOKE, { input: { id: await wholeId(execute, id) } }),
  );
  showChange('Revoked', revokeApiKey.apiKey, options.json);
}

export async function restore(id: string, options: ServerOptions): Promise<void> {
  const { restoreApiKey } = await connected(options, async (execute) =>
    execute(RESTORE, { input: { id: await wholeId(execute, id) } }),
  );
  showChange('Restored', restoreApiKey.apiKey, options.json);
}

/** Prints only the key to stdout, and its description to stderr. */
function showSecret(done: string, { apiKey, key }: Minted, json = false): void {
  if (key === null) {
    throw new CliError(
      EXIT.refused,
      `The key ${apiKey.id} was created, but the response with its secret was lost. To get a new secret: rotate ${apiKey.id}`,
      'SECRET_LOST',
    );
  }
  // Anything else could control the terminal, or a script that reads it.
  if (!KEY.test(key)) {
    throw new CliError(
      EXIT.refused,
      `The server did not return a valid key, so none is shown. To revoke what it created: revoke ${apiKey.id}`,
      'MALFORMED_KEY',
    );
  }
  progress(`${done} ${describe(apiKey)}. The key is shown only once: save it now.`);
  if (json) resultJson({ apiKey, key });
  else result(key);
}

function showChange(done: string, apiKey: ApiKey, json = false): void {
  progress(`${done} ${describe(apiKey)}.`);
  if (json) resultJson({ apiKey });
}

function describe(key: ApiKey): string {
  const expiry = key.expiresAt === null ? 'does not expire' : `expires ${key.expiresAt}`;
  return `"${key.name}" (${key.id}, ${key.prefix}…, ${expiry})`;
}
