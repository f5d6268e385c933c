// @ts-nocheck
import type { ApiKey } from '../keys/record/api-key.ts';
import type { ApiKeyDetail } from '../keys/record/api-key-detail.ts';
import type { AuthenticatedContext } from './context.ts';

/** The details of a key; the keys of a page are looked up in one statement. */
export function keyDetail(key: Pick<ApiKey, 'id'>, { keys }: AuthenticatedContext): Promise<ApiKeyDetail> {
  return keys.detailOf(key);
}
