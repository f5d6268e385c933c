// @ts-nocheck
import { format, inspect } from 'node:util';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/keys/record/secret.ts';

const RAW = 'osk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

describe('a secret', () => {
  const secret = new Secret(RAW);

  it('is revealed by one call', () => {
    expect(secret.reveal()).toBe(RAW);
  });

  it.each<[string, () => string]>([
    ['String', () => String(secret)],
    ['toString', () => secret.toString()],
    ['a template', () => `${secret}`],
    ['concatenation', () => 'key: '.concat(secret as unknown as string)],
    ['JSON', () => JSON.stringify({ secret })],
    ['inspect', () => inspect(secret)],
    [
      'inspect, of everything',
      () => inspect({ nested: [secret] }, { showHidden: true, depth: null, customInspect: true }),
    ],
    [
      'inspect, without custom functions',
      () => inspect(secret, { customInspect: false, showHidden: true, depth: null }),
    ],
    ['format', () => format('%s %o %O %j %d', secret, secret, secret, secret, secret)],
    ['an error message', () => new Error(`no ${secret}`).message],
    ['keys and values', () => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret).map(String)])],
    ['a copy', () => JSON.stringify(inspect({ ...secret }))],
  ])('does not appear in %s', (_how, print) => {
    expect(print()).not.toContain('osk_');
    expect(print()).not.toContain('AAAA');
  });

  it('is seen to have been there', () => {
    expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}');
    expect(inspect([secret])).toBe('[ [redacted] ]');
    expect([String(secret), secret.toString()]).toEqual(['[redacted]', '[redacted]']);
  });

  it('does not survive a structured clone, as to a worker', () => {
    expect(inspect(structuredClone(secret), { showHidden: true })).not.toContain('osk_');
  });

  it('does not appear in a log line', () => {
    const lines: string[] = [];
    pino({}, { write: (line: string) => lines.push(line) }).info({ secret, nested: { secret } }, `minted ${secret}`);
    expect(lines.join('')).toContain('minted [redacted]');
    expect(lines.join('')).not.toContain('osk_');
  });
});
