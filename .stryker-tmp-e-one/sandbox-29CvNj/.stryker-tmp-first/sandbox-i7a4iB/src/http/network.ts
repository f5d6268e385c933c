// @ts-nocheck
// 
import { isIP } from 'node:net';
import { isNetwork } from './client-address.ts';

/** A network: all addresses of a family with the same leading bits. */
export interface Network {
  readonly family: 4 | 6;
  /** The first address in it, as a number. */
  readonly first: bigint;
  /** The number of leading bits. */
  readonly length: number;
}

const BITS = { 4: 32, 6: 128 } as const;
/** `::ffff:0:0/96`: the IPv4 addresses as a dual-stack socket shows them (RFC 4291 section 2.5.5.2). */
const MAPPED = { prefix: 0xffffn, length: 96 } as const;

/**
 * Parses an address or a network in CIDR notation. An IPv4-mapped IPv6 network becomes the IPv4 network,
 * and bits after the prefix are cleared, so that every network has one form.
 *
 * @returns `undefined` for anything else, including an address with a zone, which has a meaning only on one machine.
 */
export function parseNetwork(text: string): Network | undefined {
  if (!isNetwork(text) || text.includes('%')) return undefined;
  const [address = '', given] = text.split('/');
  const family = isIP(address) === 4 ? 4 : 6;
  const length = given === undefined ? BITS[family] : Number(given);
  const value = family === 4 ? ipv4Value(address) : ipv6Value(address);
  if (family === 6 && length >= MAPPED.length && value >> 32n === MAPPED.prefix) {
    return network(4, value & 0xffff_ffffn, length - MAPPED.length);
  }
  return network(family, value, length);
}

/** The canonical text of a network. A network of one address is written without its length (RFC 4632, RFC 5952). */
export function formatNetwork({ family, first, length }: Network): string {
  const address = family === 4 ? ipv4Text(first) : ipv6Text(first);
  return length === BITS[family] ? address : `${address}/${length}`;
}

/** Whether every address of `inner` is in `outer`. */
export function isWithin(inner: Network, outer: Network): boolean {
  if (inner.family !== outer.family || inner.length < outer.length) return false;
  const others = BigInt(BITS[outer.family] - outer.length);
  return inner.first >> others === outer.first >> others;
}

function network(family: 4 | 6, value: bigint, length: number): Network {
  const others = BigInt(BITS[family] - length);
  return { family, first: (value >> others) << others, length };
}

function ipv4Value(address: string): bigint {
  return address.split('.').reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** Uses the URL parser to normalize: its form has no dotted quad and at most one `::`. */
function ipv6Value(address: string): bigint {
  const [head = '', tail = ''] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const before = groups(head);
  const after = groups(tail);
  const zeros = Array<bigint>(8 - before.length - after.length).fill(0n);
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | group, 0n);
}

function groups(text: string): bigint[] {
  return text === '' ? [] : text.split(':').map((group) => BigInt(`0x${group}`));
}

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

function ipv6Text(value: bigint): string {
  const written = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((value >> shift) & 0xffffn).toString(16));
  return new URL(`http://[${written.join(':')}]/`).hostname.slice(1, -1);
}
