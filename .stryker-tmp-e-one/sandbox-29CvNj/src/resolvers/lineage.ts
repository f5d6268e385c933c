// @ts-nocheck
import DataLoader from 'dataloader';
import type { ApiKey } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';
import { keyDetail } from './key-detail.ts';

interface Lineage {
  /** Keys of the caller by their ids. */
  readonly keys: DataLoader<string, ApiKey | undefined>;
  /** The caller's keys that replaced a key, by the id of the old key. */
  readonly replacements: DataLoader<string, ApiKey | undefined>;
}

/** One per request: the keys of a page share a statement. */
const loaders = new WeakMap<AuthenticatedContext, Lineage>();

function lineageOf(context: AuthenticatedContext): Lineage {
  let lineage = loaders.get(context);
  if (lineage === undefined) {
    const { keys, principal } = context;
    lineage = {
      keys: new DataLoader(async (ids) => {
        const found = await keys.findAll(principal, ids);
        return ids.map((id) => found.get(id));
      }),
      replacements: new DataLoader(async (ids) => {
        const found = await keys.replacementsOf(principal, ids);
        return ids.map((id) => found.get(id));
      }),
    };
    loaders.set(context, lineage);
  }
  return lineage;
}

/** The key that a key replaced. */
export async function replacedKey(key: ApiKey, context: AuthenticatedContext): Promise<ApiKey | null> {
  const { replaces } = await keyDetail(key, context);
  return replaces === undefined ? null : ((await lineageOf(context).keys.load(replaces)) ?? null);
}

/** The key that replaced a key; the newest if there are several. */
export async function replacementOf(key: ApiKey, context: AuthenticatedContext): Promise<ApiKey | null> {
  return (await lineageOf(context).replacements.load(key.id)) ?? null;
}
