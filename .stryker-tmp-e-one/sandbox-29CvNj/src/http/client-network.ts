// @ts-nocheck
import { isIPv6 } from 'node:net';

/**
 * The network under which requests of an address are counted: an IPv4 address itself, or the /64 of an
 * IPv6 address, the smallest network that a subscriber gets (RFC 6177). If every IPv6 address were
 * counted separately, one subscriber could evade a limit with 2^64 addresses.
 */
export function networkOf(address: string): string {
  return isIPv6(address) ? ipv6Network(address, 4) : address;
}

/**
 * The approximate network of an address: its /24, or its /48 for IPv6. This is enough for the owner of
 * a key to notice that it is used from somewhere else, and too little to identify a person.
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
