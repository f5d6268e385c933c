// @ts-nocheck
import { BlockList, isIP } from 'node:net';

/**
 * The proxies whose `X-Forwarded-For` is trusted: how many there are in front of this service, or
 * their addresses and networks (`10.0.0.0/8`). `0` and an empty list trust none.
 */
export type TrustedProxies = number | readonly string[];

/** Reads the address of the client behind a connection. */
export type ClientAddressReader = (peer: string | undefined, forwardedFor: string | null) => string | undefined;

/**
 * Each proxy appends the address of its peer to `X-Forwarded-For`, and a client can send any value. So
 * the header is read from the end, and only while the entries come from trusted proxies. Earlier
 * entries are the client's own claim. With them it could impersonate another client in the audit trail
 * or escape a limit per address.
 *
 * @throws TypeError when an entry of the list is not an address or a network.
 */
export function clientAddressReader(trusted: TrustedProxies): ClientAddressReader {
  const isTrusted = trust(trusted);
  return (peer, forwardedFor) => {
    let address = peer === undefined ? undefined : canonical(peer);
    if (forwardedFor === null || !isTrusted(address, 0)) return address;
    const claims = forwardedFor.split(',');
    for (let hop = 0; isTrusted(address, hop); hop += 1) {
      const claim = canonical(claims.pop() ?? '');
      if (claim === undefined) break;
      address = claim;
    }
    return address;
  };
}

/** Whether the peer of a connection is a trusted proxy. */
export function trustedPeer(trusted: TrustedProxies): (peer: string | undefined) => boolean {
  const isTrusted = trust(trusted);
  return (peer) => isTrusted(peer === undefined ? undefined : canonical(peer), 0);
}

function trust(trusted: TrustedProxies): (address: string | undefined, hop: number) => boolean {
  return typeof trusted === 'number' ? (_, hop) => hop < trusted : networkMatcher(trusted);
}

/** Whether a text is an address or a network, such as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
}

/**
 * Whether an address is in one of these networks. The IPv6 form of an IPv4 address
 * (`::ffff:192.0.2.7`) is the same address. An unknown address is in none of them.
 *
 * @throws TypeError when one of them is not an address or a network.
 */
export function networkMatcher(networks: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    if (!isNetwork(network)) throw new TypeError('A network is an address or a range such as 10.0.0.0/8.');
    const [address = '', length] = network.split('/');
    const family = familyOf(address);
    if (length === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(length), family);
  }
  return (address) => address !== undefined && list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

/** A dual-stack socket shows an IPv4 peer as an IPv6 address. */
const MAPPED_IPV4 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

function canonical(text: string): string | undefined {
  const address = text.trim().replace(MAPPED_IPV4, '');
  return isIP(address) === 0 ? undefined : address;
}
