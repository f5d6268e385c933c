import { isIPv6 } from 'node:net';

/**
 * Whom an address stands for when requests are counted: an IPv4 address for itself, an IPv6 address
 * for its /64, the least that a subscriber is given (RFC 6177). Counted one by one, somebody with a
 * single network would have 2^64 addresses to be counted under.
 */
export function networkOf(address: string): string {
  return isIPv6(address) ? ipv6Network(address, 4) : address;
}

/**
 * About where an address is: its /24, or its /48 with IPv6. Enough for the owner of a key to see that
 * it is used from somewhere else, and too little to say by whom.
 */
export function approximateNetworkOf(address: string): string {
  return isIPv6(address) ? ipv6Network(address, 3) : address.replace(/\d+$/, '0/24');
}

/** @param length of the network, in groups of 16 bits. */
function ipv6Network(address: string, length: number): string {
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill('0');
  const network = [...before, ...zeros, ...after].slice(0, length);
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/${length * 16}`;
}

function groupsOf(text: string): string[] {
  // A dotted quad at the end stands for two groups.
  return text === '' ? [] : text.split(':').flatMap((group) => (group.includes('.') ? [group, '0'] : [group]));
}
