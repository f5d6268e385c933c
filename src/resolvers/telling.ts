import type { MintedApiKey } from '../keys/mint/mint.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import type { KeyAction } from '../keys/record/audit-trail.ts';
import type { SessionContext } from './context.ts';

/** What an operation did to a key. */
export interface Change {
  readonly apiKey: ApiKey;
  /** Of a rotation, the key that was replaced. */
  readonly previous?: ApiKey | undefined;
  /** Whether anything was written. */
  readonly changed: boolean;
}

/** Runs an operation, and tells the log and the metrics what it did to which key, if it did anything. */
export async function telling<T>(
  { principal, request }: SessionContext,
  action: KeyAction,
  operation: () => Promise<T>,
  changeIn: (outcome: T) => Change,
): Promise<T> {
  const start = performance.now();
  const outcome = await operation();
  const { apiKey, previous, changed } = changeIn(outcome);
  if (changed) {
    request.changed({
      action,
      userId: principal.userId,
      organizationId: principal.organizationId,
      keyId: apiKey.id,
      prefix: apiKey.prefix,
      previousKeyId: previous?.id,
      milliseconds: performance.now() - start,
    });
  }
  return outcome;
}

/** As {@link telling}, for what makes a key: a step of the trace, and the answer says when it is a repeat. */
export function tellingOfMint<T extends MintedApiKey & { readonly previous?: ApiKey }>(
  context: SessionContext,
  action: 'create' | 'rotate',
  mint: () => Promise<T>,
): Promise<T> {
  return telling(
    context,
    action,
    () => context.request.during('mint', mint),
    ({ apiKey, previous, secret }) => {
      context.request.replayed = secret === undefined;
      return { apiKey, previous, changed: secret !== undefined };
    },
  );
}
