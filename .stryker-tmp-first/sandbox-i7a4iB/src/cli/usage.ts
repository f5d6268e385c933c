// @ts-nocheck
import { connected, type ServerOptions } from './connect.ts';
import { CliError, EXIT } from './exit.ts';
import { wholeId } from './find-key.ts';
import { USAGE } from './key-operations.ts';
import { table } from './table.ts';
import { printable, progress, result, resultJson } from './terminal.ts';

const HEADINGS = ['OBJECT', 'OPERATION', 'COUNT', 'LAST USED'];

/** Shows what a key was used for, and the smallest scopes that would have been enough. */
export async function usage(given: string, options: ServerOptions): Promise<void> {
  const { apiKey } = await connected(options, async (execute) => execute(USAGE, { id: await wholeId(execute, given) }));
  if (apiKey === null) throw new CliError(EXIT.refused, 'You have no key with this id.', 'NOT_FOUND');
  const { id, usage: uses, suggestedScopes } = apiKey;
  if (options.json) return resultJson({ usage: uses, suggestedScopes });
  if (uses.length === 0) return progress('Nothing is recorded of this key in the last 30 days.');
  const rows = uses.map(({ object, operation, count, lastUsedOn }) => [object, operation, String(count), lastUsedOn]);
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  for (const line of table(HEADINGS, rows, { width })) result(line);
  if (suggestedScopes === null || suggestedScopes.length === 0) {
    return progress('No scopes are known to be enough for all of it.');
  }
  const scopes = suggestedScopes.map((scope) => ` --scope ${printable(scope)}`).join('');
  progress(
    `Enough for all of it: ${suggestedScopes.map(printable).join(', ')}. To limit the key to that: narrow ${id}${scopes}`,
  );
}
