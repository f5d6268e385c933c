// @ts-nocheck
// 
import { describe, expect, it } from 'vitest';
import { clientAddressReader, isNetwork, type TrustedProxies } from '../../src/http/client-address.ts';

const CLIENT = '203.0.113.7';
const FORGED = '198.51.100.66';
const OUTER = '192.0.2.10';
const INNER = '10.0.0.2';

interface Case {
  readonly trusted: TrustedProxies;
  readonly peer: string | undefined;
  readonly header: string | null;
  readonly address: string | undefined;
}

describe('the address of a client', () => {
  it.each<[string, Case]>([
    ['is the peer when nobody is trusted', { trusted: 0, peer: CLIENT, header: FORGED, address: CLIENT }],
    ['is the peer when the list is empty', { trusted: [], peer: CLIENT, header: FORGED, address: CLIENT }],
    ['is the peer when there is no header', { trusted: 1, peer: INNER, header: null, address: INNER }],
    ['is what the one proxy says', { trusted: 1, peer: INNER, header: CLIENT, address: CLIENT }],
    [
      'is not what the client says to the one proxy',
      { trusted: 1, peer: INNER, header: `${FORGED}, ${CLIENT}`, address: CLIENT },
    ],
    [
      'is what the outer of two proxies says',
      { trusted: 2, peer: INNER, header: `${FORGED}, ${CLIENT},${OUTER}`, address: CLIENT },
    ],
    [
      'is the first entry when there are fewer than proxies',
      { trusted: 3, peer: INNER, header: CLIENT, address: CLIENT },
    ],
    [
      'is what a listed proxy says',
      { trusted: ['10.0.0.0/8'], peer: INNER, header: `${FORGED}, ${CLIENT}`, address: CLIENT },
    ],
    [
      'is what the first of the listed proxies says',
      { trusted: ['10.0.0.0/8', OUTER], peer: INNER, header: `${FORGED}, ${CLIENT}, ${OUTER}`, address: CLIENT },
    ],
    [
      'is the peer that is not listed, whatever it says',
      { trusted: ['10.0.0.0/8'], peer: CLIENT, header: FORGED, address: CLIENT },
    ],
    [
      'is the proxy when what it says is no address',
      { trusted: 2, peer: INNER, header: `${FORGED}, unknown`, address: INNER },
    ],
    ['is the proxy when what it says is empty', { trusted: 1, peer: INNER, header: `${FORGED},`, address: INNER }],
    ['has no IPv6 dress on IPv4', { trusted: 0, peer: `::ffff:${CLIENT}`, header: null, address: CLIENT }],
    [
      'is found behind an IPv4 proxy in IPv6 dress',
      { trusted: ['10.0.0.0/8'], peer: `::ffff:${INNER}`, header: CLIENT, address: CLIENT },
    ],
    ['may be IPv6', { trusted: ['fd00::/8'], peer: 'fd00::1', header: '2001:db8::7', address: '2001:db8::7' }],
    ['is unknown without a socket', { trusted: 0, peer: undefined, header: FORGED, address: undefined }],
    [
      'is unknown without a socket to list',
      { trusted: ['0.0.0.0/0'], peer: undefined, header: FORGED, address: undefined },
    ],
  ])('%s', (_title, { trusted, peer, header, address }) => {
    expect(clientAddressReader(trusted)(peer, header)).toBe(address);
  });

  it('cannot be read with a list that holds something else', () => {
    expect(() => clientAddressReader(['proxy.example'])).toThrow(TypeError);
  });

  it.each([
    ['10.0.0.1', true],
    ['10.0.0.0/8', true],
    ['fd00::/8', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0/8/8', false],
    ['10.0.0.0/', false],
    ['10.0.0', false],
    ['localhost', false],
    ['', false],
  ])('%j is a network: %s', (text, expected) => {
    expect(isNetwork(text)).toBe(expected);
  });
});
