import type { ApiKey } from '../keys/record/api-key.ts';
import { type ApiKeyDetail, findApiKeyDetail } from '../keys/record/api-key-detail.ts';
import type { AuthenticatedContext } from './context.ts';

/** What belongs to a key beside its record; the keys of a page are looked up in one statement. */
export function keyDetail(
  { id }: Pick<ApiKey, 'id'>,
  { minting: { platform } }: AuthenticatedContext,
): Promise<ApiKeyDetail> {
  return platform.asking(() => findApiKeyDetail(platform.reader, id));
}
