// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/standalone/config.ts';

describe('the configuration of operations', () => {
  it('has defaults: no metrics, no delay, no trusted proxies', () => {
    expect(readConfig({})).toMatchObject({
      metrics: undefined,
      drain: { delayMs: 0, timeoutMs: 10_000 },
      trustProxy: 0,
    });
  });

  it('is read', () => {
    const config = readConfig({
      METRICS_PORT: '9464',
      METRICS_HOST: '0.0.0.0',
      METRICS_TOKEN: 't'.repeat(32),
      DRAIN_DELAY_MS: '5000',
      DRAIN_TIMEOUT_MS: '20000',
      TRUST_PROXY: '10.0.0.0/8, 127.0.0.1',
    });
    expect(config).toMatchObject({
      metrics: { port: 9464, host: '0.0.0.0', token: 't'.repeat(32) },
      drain: { delayMs: 5000, timeoutMs: 20_000 },
      trustProxy: ['10.0.0.0/8', '127.0.0.1'],
    });
    expect(readConfig({ TRUST_PROXY: '2' })).toMatchObject({ trustProxy: 2 });
  });

  it.each([
    ['METRICS_PORT', '70000'],
    ['METRICS_TOKEN', 'a-short-one'],
    ['METRICS_TOKEN', `${'t'.repeat(32)} and a space`],
    ['DRAIN_DELAY_MS', '5s'],
    ['DRAIN_TIMEOUT_MS', '600001'],
    ['TRUST_PROXY', '11'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', 'proxy.example'],
  ])('is refused by name and not by value: %s=%s', (variable, value) => {
    const read = (): unknown => readConfig({ [variable]: value });
    expect(read).toThrow(new RegExp(`^  ${variable} must be `, 'm'));
    expect(read).not.toThrow(value);
  });
});
