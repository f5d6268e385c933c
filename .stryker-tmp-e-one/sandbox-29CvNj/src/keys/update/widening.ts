// @ts-nocheck
import type { FieldError } from '../../base/errors.ts';
import { isWithin, parseNetwork } from '../../http/network.ts';
import type { UpdateApiKeyInput } from '../input/input.ts';
import type { ApiKey } from '../record/api-key.ts';
import type { ApiKeySettings } from '../record/api-key-detail.ts';
import { covers } from '../record/ceiling.ts';

/** A key as it is, as far as an update may take something away from it. */
export type Limits = Pick<ApiKey, 'scopes' | 'expiresAt'> & Pick<ApiKeySettings, 'allowedNetworks'>;

/**
 * What an update would give to a key: whoever holds the key would get more than it was made for. Scopes are
 * compared by name here; what permission sets say beside their names is not known here.
 *
 * @returns a fault for each field that widens the key.
 */
export function widenedFields(now: Limits, asked: UpdateApiKeyInput): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, message: string): unknown => faults.push({ field, code: 'widens', message });
  if (widensScopes(now.scopes, asked.scopes)) {
    fault('scopes', 'A key can lose scopes and gain none. Name scopes that it has, or make another key.');
  }
  if (widensExpiry(now.expiresAt, asked.expiresAt)) {
    fault(
      'expiresAt',
      'The expiry of a key can be brought forward and not put off. Make another key, or rotate this one.',
    );
  }
  if (widensNetworks(now.allowedNetworks, asked.allowedNetworks)) {
    fault(
      'allowedNetworks',
      'Each network must lie within one from which the key may be used already. For other networks, make another key.',
    );
  }
  return faults;
}

/** A key without scopes may do whatever its owner may, so that any scope takes something away. */
function widensScopes(now: readonly string[], asked: readonly string[] | null | undefined): boolean {
  if (asked === undefined || now.length === 0) return false;
  return asked === null || !asked.every((scope) => now.some((other) => covers(other, scope)));
}

function widensExpiry(now: Date | undefined, asked: Date | null | undefined): boolean {
  if (asked === undefined || now === undefined) return false;
  // An expiry that cannot be read is before no other.
  return asked === null || !(asked.getTime() <= now.getTime());
}

function widensNetworks(now: ApiKeySettings['allowedNetworks'], asked: readonly string[] | null | undefined): boolean {
  if (asked === undefined || now.length === 0) return false;
  return asked === null || now === 'unreadable' || !asked.every((network) => now.some((other) => lies(network, other)));
}

function lies(network: string, other: string): boolean {
  const [inner, outer] = [parseNetwork(network), parseNetwork(other)];
  return inner !== undefined && outer !== undefined && isWithin(inner, outer);
}
