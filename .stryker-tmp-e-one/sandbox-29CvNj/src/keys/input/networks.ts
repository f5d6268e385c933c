// @ts-nocheck
import { z } from 'zod';
import { formatNetwork, parseNetwork } from '../../http/network.ts';

/** The most networks on one key. */
export const MAX_NETWORKS = 50;

const network = z.string('A network must be a string.').transform((value, context) => {
  const parsed = parseNetwork(value);
  if (parsed !== undefined) return formatNetwork(parsed);
  context.addIssue({
    code: 'custom',
    message: 'A network must be an IPv4 or IPv6 address, or a range such as "10.0.0.0/8".',
  });
  return z.NEVER;
});

/** Networks in their one spelling. `none` is the answer to an empty list, which would mean "from anywhere" by accident. */
function networks(none: string) {
  return z
    .array(network, 'The allowed networks must be a list of strings.')
    .min(1, none)
    .max(MAX_NETWORKS, `A key can have at most ${MAX_NETWORKS} allowed networks.`)
    .transform((list) => [...new Set(list)]);
}

/** From where a new key may be used. Left out, from anywhere. */
export const allowedNetworks = networks(
  'Name at least one network. For a key that may be used from anywhere, leave the allowed networks out.',
);

/** From where a key may still be used. */
export const remainingNetworks = networks(
  'Name at least one network, or leave the allowed networks out to keep those that the key has. To stop the key, revoke it.',
);
