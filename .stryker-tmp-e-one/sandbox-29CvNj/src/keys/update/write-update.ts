// @ts-nocheck
import { committed } from '../../platform/committed.ts';
import type { Row } from '../../platform/engine.ts';
import { userEntry } from '../ledger/ledger.ts';
import type { Caller } from '../mint/caller.ts';
import { assertInTime, type KeyTransaction, type KeyWriting } from '../mint/key-writing.ts';
import { carriedOver } from '../mint/mint-order.ts';
import { noSuchKey } from '../read/find.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import {
  API_KEY_DETAIL_OBJECT,
  type ApiKeySettings,
  toApiKeyDetail,
  writeApiKeySettings,
} from '../record/api-key-detail.ts';
import { recordEvents } from '../record/audit-trail.ts';
import { actionOf, type Changes } from './changes.ts';

/**
 * Writes an update in one transaction, under the lock under which the keys of this person are made and replaced.
 *
 * @param decidedFor what the key was when the update was allowed; see {@link carriedOver}.
 * @returns `undefined` when the key is not that any more; nothing is written then.
 */
export function writeUpdate(
  writing: KeyWriting,
  { principal: { userId }, request }: Caller,
  { id, prefix }: ApiKey,
  decidedFor: string,
  changes: Changes,
): Promise<ApiKey | undefined> {
  const { engine, ledger, auditTrail } = writing;
  const write = (): Promise<ApiKey | undefined> =>
    committed(engine, API_KEY_OBJECT, async (context) => {
      await ledger.lock(context.transaction, new Map([[userEntry(userId), '']]), []);
      const [row] = await engine.find(API_KEY_OBJECT, { where: { id, user_id: userId }, limit: 1, context });
      if (row === undefined) throw noSuchKey();
      const [detail = {}] = await engine.find(API_KEY_DETAIL_OBJECT, { where: { id }, limit: 1, context });
      if (carriedOver(toApiKey(row), toApiKeyDetail(detail)) !== decidedFor) return undefined;
      await writeChanges({ ...writing, context }, { ...row, id }, toApiKeyDetail(detail), changes, userId);
      await ledger.assertCommittable(context.transaction);
      assertInTime(request.budget);
      return toApiKey({ ...row, ...changes.columns });
    });
  const change = { keyId: id, prefix, requestId: request.id, address: request.address, endpoint: request.endpoint };
  return auditTrail.during([{ ...change, action: actionOf(changes) }], write);
}

/** Elevated, with the actor named: the platform lets a person change nothing of a key but `revoked`. */
async function writeChanges(
  { engine, context }: Pick<KeyTransaction, 'engine' | 'context'>,
  row: Row & { readonly id: string },
  before: ApiKeySettings,
  { columns, settings }: Changes,
  userId: string,
): Promise<void> {
  const actor = { ...context, userId };
  if (columns !== undefined) await engine.update(API_KEY_OBJECT, { id: row.id, ...columns }, { context: actor });
  if (settings === undefined) return;
  await writeApiKeySettings(engine, context.transaction, row.id, settings);
  const organizationId = row['active_organization_id'] as string | null;
  const event = {
    keyId: row.id,
    organizationId: organizationId ?? undefined,
    userId,
    before: { description: before.description, allowedNetworks: before.allowedNetworks },
    after: settings,
  };
  await recordEvents(engine, [event], actor);
}
