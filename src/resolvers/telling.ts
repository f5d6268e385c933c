import type { MintedApiKey } from '../keys/mint.ts';
import type { SessionContext } from '../schema/context.ts';

/** Runs what makes a key, and tells of it: the log, the metrics, the trace, and the answer when it is a repeat. */
export async function telling<T extends MintedApiKey>(
  { principal, request }: SessionContext,
  mint: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const minted = await request.during('mint', mint);
  request.replayed = minted.secret === undefined;
  if (!request.replayed) {
    request.minted({
      userId: principal.userId,
      organizationId: principal.organizationId,
      keyId: minted.apiKey.id,
      prefix: minted.apiKey.prefix,
      milliseconds: performance.now() - start,
    });
  }
  return minted;
}
