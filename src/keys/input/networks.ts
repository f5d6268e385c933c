import { z } from 'zod';
import { formatNetwork, parseNetwork } from '../../http/network.ts';

/** Most networks on one key. */
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

/**
 * From where a key may be used. Left out, from anywhere; an empty list would mean the same by accident, and
 * is refused as an empty list of scopes is.
 */
export const allowedNetworks = z
  .array(network, 'The allowed networks must be a list of strings.')
  .min(1, 'Name at least one network. For a key that may be used from anywhere, leave the allowed networks out.')
  .max(MAX_NETWORKS, `A key can have at most ${MAX_NETWORKS} allowed networks.`)
  .transform((list) => [...new Set(list)]);
