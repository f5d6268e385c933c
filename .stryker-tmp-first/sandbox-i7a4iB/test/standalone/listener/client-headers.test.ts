// @ts-nocheck
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { replaceClaims } from '../../../src/standalone/listener/client-headers.ts';

function request(headers: readonly string[]): IncomingMessage {
  const incoming = new IncomingMessage(new Socket());
  incoming.rawHeaders = [...headers];
  for (let at = 0; at < headers.length; at += 2) {
    incoming.headers[(headers[at] as string).toLowerCase()] = headers[at + 1];
  }
  return incoming;
}

describe('the address of a client', () => {
  it('is there once, in the form that better-auth reads, instead of every claim', () => {
    const incoming = request(['Host', 'a', 'X-FORWARDED-FOR', '6.6.6.6, 203.0.113.7', 'x-real-ip', '6.6.6.6']);
    replaceClaims(incoming, '203.0.113.7', true);
    expect(incoming.rawHeaders).toEqual(['Host', 'a', 'X-Forwarded-For', '203.0.113.7']);
    expect(incoming.headers).toEqual({ host: 'a', 'x-forwarded-for': '203.0.113.7' });
  });

  it('is nowhere when it is not known', () => {
    const incoming = request(['Host', 'a', 'X-Forwarded-For', '6.6.6.6']);
    replaceClaims(incoming, undefined, false);
    expect(incoming.rawHeaders).toEqual(['Host', 'a']);
    expect(incoming.headers).toEqual({ host: 'a' });
  });
});

describe('the outer address of the server', () => {
  const headers = ['X-Forwarded-Proto', 'https', 'X-Forwarded-Host', 'keys.example.com'];

  it('is believed of a proxy that is trusted', () => {
    const incoming = request(headers);
    replaceClaims(incoming, undefined, true);
    expect(incoming.rawHeaders).toEqual(headers);
  });

  it('is not trusted from any other peer', () => {
    const incoming = request(headers);
    replaceClaims(incoming, undefined, false);
    expect(incoming.rawHeaders).toEqual([]);
    expect(incoming.headers).toEqual({});
  });
});

describe('a request id', () => {
  it('stays when it is plain', () => {
    const incoming = request(['X-Request-Id', 'deploy-42']);
    replaceClaims(incoming, undefined, false);
    expect(incoming.rawHeaders).toEqual(['X-Request-Id', 'deploy-42']);
  });

  it.each(['osk_abcdefgh', 'a b', 'x'.repeat(65)])('goes when it is not: %s', (id) => {
    const incoming = request(['X-Request-Id', id]);
    replaceClaims(incoming, undefined, false);
    expect(incoming.rawHeaders).toEqual([]);
    expect(incoming.headers).toEqual({});
  });
});
