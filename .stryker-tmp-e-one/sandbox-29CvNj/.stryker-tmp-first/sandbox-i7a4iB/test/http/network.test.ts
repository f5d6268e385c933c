// @ts-nocheck
// 
import { describe, expect, it } from 'vitest';
import { formatNetwork, isWithin, type Network, parseNetwork } from '../../src/http/network.ts';

function read(text: string): Network {
  const network = parseNetwork(text);
  if (network === undefined) throw new Error(`${text} is no network`);
  return network;
}

describe('a network', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7/32', '192.0.2.7'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['255.255.255.255/31', '255.255.255.254/31'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.0/08', '10.0.0.0/8'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:ffff::1/32', '2001:db8::/32'],
    ['::/0', '::/0'],
    ['::1', '::1'],
    ['2001:db8:0:1:1:1:1:1/128', '2001:db8:0:1:1:1:1:1'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['::ffff:10.9.9.9/104', '10.0.0.0/8'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
    ['::ffff:0:0/95', '::fffe:0:0/95'],
    ['::192.0.2.7', '::c000:207'],
  ])('%s is written %s', (given, written) => {
    expect(formatNetwork(read(given))).toBe(written);
    expect(formatNetwork(read(written))).toBe(written);
  });

  it.each([
    '',
    'example.org',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '::/129',
    '10.0.0.0/-1',
    ' 10.0.0.1',
  ])('%j is none', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });

  it.each(['fe80::1%eth0', '010.0.0.1', '10.0.0.1 ', '[::1]'])(
    '%j, which means more than an address, is none',
    (text) => {
      expect(parseNetwork(text)).toBeUndefined();
    },
  );
});

describe('a network is within another when each of its addresses is', () => {
  it.each([
    ['10.1.0.0/16', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.1.0.0/16', false],
    ['11.0.0.0/16', '10.0.0.0/8', false],
    ['10.255.255.255', '10.0.0.0/8', true],
    ['11.0.0.0', '10.0.0.0/8', false],
    ['9.255.255.255', '10.0.0.0/8', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['2001:db8::1', '::/0', true],
    ['192.0.2.7', '::/0', false],
    ['::1', '0.0.0.0/0', false],
    ['::ffff:10.0.0.1', '10.0.0.0/8', true],
  ])('%s in %s: %s', (inner, outer, within) => {
    expect(isWithin(read(inner), read(outer))).toBe(within);
  });
});
