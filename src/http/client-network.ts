import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name a network of 64 bits. */
const NETWORK_GROUPS = 4;

/**
 * Whom an address stands for when requests are counted: an IPv4 address for itself, an IPv6 address
 * for its /64, the least that a subscriber is given (RFC 6177). Counted one by one, somebody with a
 * single network would have 2^64 addresses to be counted under.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill('0');
  const network = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS);
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  // A dotted quad at the end stands for two groups.
  return text === '' ? [] : text.split(':').flatMap((group) => (group.includes('.') ? [group, '0'] : [group]));
}
