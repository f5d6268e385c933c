// @ts-nocheck
// 
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/plugin/options.ts';
import { readConfig } from '../../src/standalone/config.ts';

const VARIABLES = {
  MAX_BODY_BYTES: ['limits', 'maxBodyBytes', 2048],
  MAX_JSON_DEPTH: ['limits', 'maxJsonDepth', 5],
  MAX_QUERY_TOKENS: ['limits', 'maxQueryTokens', 60],
  MAX_QUERY_ALIASES: ['limits', 'maxQueryAliases', 0],
  MAX_QUERY_COST: ['limits', 'maxQueryCost', 11],
  MAX_MUTATIONS_PER_REQUEST: ['limits', 'maxMutationsPerRequest', 2],
  MAX_REQUESTS_IN_FLIGHT: ['load', 'maxRequestsInFlight', 20],
  MAX_REQUESTS_PER_CLIENT: ['load', 'maxRequestsPerClient', 10],
  MAX_HEADER_BYTES: ['listener', 'maxHeaderBytes', 4096],
  HEADERS_TIMEOUT_MS: ['listener', 'headersTimeoutMs', 200],
  REQUEST_TIMEOUT_MS: ['listener', 'requestTimeoutMs', 12_000],
  MAX_UPLOAD_BYTES: ['listener', 'maxUploadBytes', 2048],
  MAX_BUFFERED_BYTES: ['listener', 'maxBufferedBytes', 4096],
  MAX_CONNECTIONS: ['listener', 'maxConnections', 10],
  MAX_CONNECTIONS_PER_NETWORK: ['listener', 'maxConnectionsPerNetwork', 5],
  MAX_PIPELINED_REQUESTS: ['listener', 'maxPipelinedRequests', 2],
  MAX_EVENT_LOOP_DELAY_MS: ['load', 'maxEventLoopDelayMs', 50],
  READ_TIMEOUT_MS: ['listener', 'readTimeoutMs', 500],
  MAX_PLATFORM_REQUESTS: ['listener', 'maxPlatformRequests', 3],
} as const;

describe('the limits on a request', () => {
  it.each(Object.entries(VARIABLES))('%s sets one of them', (variable, [group, name, value]) => {
    const config = readConfig({ [variable]: String(value) });
    expect(config[group]).toMatchObject({ [name]: value });
  });

  it.each(Object.entries(VARIABLES))('%s has one name, from the variable to the field', (variable, [, name]) => {
    expect(variable.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())).toBe(name);
  });

  it('are the defaults of the plugin where nothing is set', () => {
    expect(readConfig({}).limits).toEqual({});
    expect(parseOptions({}).limits).toEqual({
      maxBodyBytes: 65_536,
      maxJsonDepth: 16,
      maxQueryTokens: 1000,
      maxQueryAliases: 15,
      maxQueryCost: 5000,
      maxMutationsPerRequest: 1,
    });
  });

  it.each(Object.keys(VARIABLES))('%s is refused when it is no number, or out of bounds', (variable) => {
    for (const value of ['-1', '1e3', 'many', '0.5', '99999999999']) {
      expect(() => readConfig({ [variable]: value })).toThrow(new RegExp(`${variable} `));
    }
  });

  it('time out for headers no later than for the whole request', () => {
    expect(readConfig({ REQUEST_TIMEOUT_MS: '500' }).listener).toMatchObject({
      headersTimeoutMs: 500,
      requestTimeoutMs: 500,
    });
  });
});

describe('TRUSTED_ORIGINS', () => {
  it('is a list of origins', () => {
    const { trustedOrigins } = readConfig({ TRUSTED_ORIGINS: 'https://a.example.com, http://localhost:5173/' });
    expect(trustedOrigins).toEqual(['https://a.example.com', 'http://localhost:5173']);
  });

  it.each([
    '*',
    'https://*.example.com',
    'null',
    'a.example.com',
    'https://a.example.com/path',
    'ftp://a.example.com',
    ',',
  ])('refuses %s', (value) => {
    expect(() => readConfig({ TRUSTED_ORIGINS: value })).toThrow(/TRUSTED_ORIGINS/);
    expect(() => parseOptions({ trustedOrigins: value.split(',') })).toThrow(/trustedOrigins/);
  });
});
