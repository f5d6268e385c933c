import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/plugin/options.ts';
import { readConfig } from '../../src/standalone/config.ts';

const VARIABLES = {
  MAX_BODY_BYTES: ['limits', 'bodyBytes', 2048],
  MAX_JSON_DEPTH: ['limits', 'jsonDepth', 5],
  MAX_QUERY_TOKENS: ['limits', 'queryTokens', 60],
  MAX_QUERY_ALIASES: ['limits', 'queryAliases', 0],
  MAX_QUERY_COST: ['limits', 'queryCost', 11],
  MAX_MUTATIONS_PER_REQUEST: ['limits', 'mutations', 2],
  MAX_REQUESTS_IN_FLIGHT: ['load', 'requestsInFlight', 20],
  MAX_REQUESTS_PER_CLIENT: ['load', 'requestsPerClient', 10],
  MAX_HEADER_BYTES: ['listener', 'maxHeaderBytes', 4096],
  HEADERS_TIMEOUT_MS: ['listener', 'headersTimeout', 200],
  REQUEST_TIMEOUT_MS: ['listener', 'requestTimeout', 12_000],
  MAX_UPLOAD_BYTES: ['listener', 'uploadBytes', 2048],
  MAX_BUFFERED_BYTES: ['listener', 'bufferedBytes', 4096],
  MAX_CONNECTIONS: ['listener', 'connections', 10],
  MAX_CONNECTIONS_PER_NETWORK: ['listener', 'connectionsPerNetwork', 5],
  MAX_PIPELINED_REQUESTS: ['listener', 'pipelinedRequests', 2],
  READ_TIMEOUT_MS: ['listener', 'readTimeout', 500],
  MAX_PLATFORM_REQUESTS: ['listener', 'platformRequests', 3],
} as const;

describe('the limits on a request', () => {
  it.each(Object.entries(VARIABLES))('%s sets one of them', (variable, [group, name, value]) => {
    const config = readConfig({ [variable]: String(value) });
    expect(config[group]).toMatchObject({ [name]: value });
  });

  it('are the defaults of the plugin where nothing is set', () => {
    expect(readConfig({}).limits).toEqual({});
    expect(parseOptions({}).limits).toEqual({
      bodyBytes: 65_536,
      jsonDepth: 16,
      queryTokens: 1000,
      queryAliases: 15,
      queryCost: 5000,
      mutations: 1,
    });
  });

  it.each(Object.keys(VARIABLES))('%s is refused when it is no number, or out of bounds', (variable) => {
    for (const value of ['-1', '1e3', 'many', '0.5', '99999999999']) {
      expect(() => readConfig({ [variable]: value })).toThrow(new RegExp(`${variable} `));
    }
  });

  it('time out for headers no later than for the whole request', () => {
    expect(readConfig({ REQUEST_TIMEOUT_MS: '500' }).listener).toMatchObject({
      headersTimeout: 500,
      requestTimeout: 500,
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
