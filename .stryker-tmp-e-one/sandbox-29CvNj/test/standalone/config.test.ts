// @ts-nocheck
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/base/configuration-error.ts';
import { readConfig } from '../../src/standalone/config.ts';

const RANDOM = randomBytes(32).toString('base64');

/** The message of the refusal. */
function refusal(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('the environment of the standalone server', () => {
  it('may be empty: the defaults are those of the README', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      database: { driver: 'sqlite', filename: './data/objectstack.db' },
      baseUrl: 'http://localhost:3000',
      authSecret: undefined,
      logLevel: 'info',
      nodeEnv: 'development',
      introspection: true,
    });
  });

  it('names the new name of a variable that was renamed', () => {
    expect(refusal({ DATABASE_TIMEOUT: '4000' })).toContain('DATABASE_TIMEOUT is now called DATABASE_TIMEOUT_MS');
    expect(readConfig({ DATABASE_TIMEOUT_MS: '4000' }).databaseTimeoutMs).toBe(4000);
  });

  it('with empty variables is as without them', () => {
    expect(readConfig({ PORT: '', AUTH_SECRET: '', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it.each<[string, NodeJS.ProcessEnv, object]>([
    ['PORT', { PORT: '8080' }, { port: 8080, baseUrl: 'http://localhost:8080' }],
    ['HOST', { HOST: '::1' }, { host: '::1' }],
    ['HOST, in production', { HOST: '0.0.0.0', NODE_ENV: 'production', AUTH_SECRET: RANDOM }, { host: '0.0.0.0' }],
    ['DATABASE_URL', { DATABASE_URL: 'file:./x.db' }, { database: { driver: 'sqlite', filename: './x.db' } }],
    ['DATABASE_URL, absolute', { DATABASE_URL: 'file:///x.db' }, { database: { driver: 'sqlite', filename: '/x.db' } }],
    ['DATABASE_URL, in memory', { DATABASE_URL: 'file::memory:' }, { database: { filename: ':memory:' } }],
    ['BASE_URL', { BASE_URL: 'https://keys.example.test/' }, { baseUrl: 'https://keys.example.test' }],
    ['AUTH_SECRET', { AUTH_SECRET: 's'.repeat(32) }, { authSecret: 's'.repeat(32) }],
    ['LOG_LEVEL', { LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    ['NODE_ENV', { NODE_ENV: 'test' }, { nodeEnv: 'test', introspection: false }],
    ['INTROSPECTION, on', { NODE_ENV: 'test', INTROSPECTION: 'true' }, { introspection: true }],
    ['INTROSPECTION, off', { INTROSPECTION: 'false' }, { introspection: false }],
  ])('is read: %s', (_variable, env, expected) => {
    expect(readConfig(env)).toMatchObject(expected);
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '-1' }],
    ['PORT', { PORT: '80 ' }],
    ['PORT', { PORT: '0x50' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://h/db' }],
    ['DATABASE_URL', { DATABASE_URL: 'file:' }],
    ['DATABASE_URL', { DATABASE_URL: 'file:x.db?mode=ro' }],
    ['BASE_URL', { BASE_URL: 'localhost:3000' }],
    ['BASE_URL', { BASE_URL: 'ftp://example.test' }],
    ['AUTH_SECRET', { AUTH_SECRET: 's'.repeat(31) }],
    ['LOG_LEVEL', { LOG_LEVEL: 'verbose' }],
    ['NODE_ENV', { NODE_ENV: 'prod' }],
    ['INTROSPECTION', { INTROSPECTION: 'maybe' }],
  ])('is refused: %s in %j', (variable, env) => {
    expect(refusal(env).split('\n')).toEqual([
      'The configuration is not valid:',
      expect.stringMatching(`^  ${variable} `),
    ]);
  });

  it('in production needs AUTH_SECRET, and the refusal says how to make one', () => {
    expect(refusal({ NODE_ENV: 'production' })).toContain(
      'AUTH_SECRET is required in production: openssl rand -base64 32',
    );
  });

  it.each<[string, string]>([
    ['32 equal letters', 's'.repeat(32)],
    ['a pattern over and over', 'k7Q2x9'.repeat(6)],
    ['a pattern over and over, the last time in part', `${'k7Q2x9Lm4TzP'.repeat(3)}k7Q2`],
    ['the alphabet', 'bcdefghijklmnopqrstuvwxyz0123456789'],
    ['a placeholder', 'change-me-k7Q2x9Lm4TzP8vRb3NcW6yH'],
    ['a placeholder in capitals', 'Your_SECRET_k7Q2x9Lm4TzP8vRb3NcW6'],
    ['few different letters', 'abbabaabaabbbabaaababbbaabbabbaab'],
  ])('in production is refused with an AUTH_SECRET that is easy to guess: %s', (_what, AUTH_SECRET) => {
    expect(refusal({ NODE_ENV: 'production', AUTH_SECRET })).toMatch(/AUTH_SECRET is too easy to guess.*openssl rand/);
    expect(readConfig({ AUTH_SECRET }).authSecret).toBe(AUTH_SECRET);
  });

  it('in production takes every secret of a generator', () => {
    const starts = (AUTH_SECRET: string) => readConfig({ NODE_ENV: 'production', AUTH_SECRET }).authSecret;
    for (let run = 0; run < 1000; run += 1) {
      for (const secret of [randomBytes(32).toString('base64'), randomBytes(16).toString('hex')]) {
        expect(starts(secret)).toBe(secret);
      }
    }
  });

  it.each(['http://keys.example.com', 'http://192.0.2.1:3000', 'http://localhost.example.com'])(
    'in production is refused at %s, where passwords would travel in the clear',
    (BASE_URL) => {
      expect(refusal({ NODE_ENV: 'production', AUTH_SECRET: RANDOM, BASE_URL })).toMatch(
        /BASE_URL must be an https URL/,
      );
      expect(readConfig({ BASE_URL }).baseUrl).toBe(BASE_URL);
    },
  );

  it.each(['https://keys.example.com', 'http://localhost:8080', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'in production starts at %s',
    (BASE_URL) => {
      expect(readConfig({ NODE_ENV: 'production', AUTH_SECRET: RANDOM, BASE_URL }).baseUrl).toBe(BASE_URL);
    },
  );

  it.each(['0.0.0.0', '::', '192.0.2.1'])('in development is refused on %s, which others can reach', (HOST) => {
    expect(refusal({ HOST })).toMatch(/HOST must be a loopback address in development/);
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['an address without a password', { SETUP_ADMIN_EMAIL: 'a@example.com' }],
    ['a password without an address', { SETUP_ADMIN_PASSWORD: 'a long password' }],
    [
      'a password and a file',
      { SETUP_ADMIN_EMAIL: 'a@example.com', SETUP_ADMIN_PASSWORD: 'a long password', SETUP_ADMIN_PASSWORD_FILE: '/x' },
    ],
    ['a short password', { SETUP_ADMIN_EMAIL: 'a@example.com', SETUP_ADMIN_PASSWORD: 'admin123' }],
    ['a file that is not there', { SETUP_ADMIN_EMAIL: 'a@example.com', SETUP_ADMIN_PASSWORD_FILE: '/no/such/file' }],
  ])('names no first administrator with %s', (_what, env) => {
    expect(refusal(env)).toMatch(/SETUP_ADMIN_/);
    expect(refusal(env)).not.toMatch(/a long password|admin123/);
  });

  it('names every problem in one message', () => {
    const message = refusal({
      PORT: 'x',
      DATABASE_URL: 'x',
      BASE_URL: 'x',
      LOG_LEVEL: 'x',
      INTROSPECTION: 'x',
      NODE_ENV: 'production',
    });
    for (const variable of ['PORT', 'DATABASE_URL', 'BASE_URL', 'LOG_LEVEL', 'INTROSPECTION', 'AUTH_SECRET']) {
      expect(message).toMatch(new RegExp(`^  ${variable} `, 'm'));
    }
    expect(refusal({ PORT: 'x', HOST: '0.0.0.0' })).toMatch(/^ {2}HOST /m);
  });

  it('is refused without its values', () => {
    const message = refusal({
      PORT: 's3cret',
      DATABASE_URL: 'mysql://user:s3cret@db/keys',
      BASE_URL: 's3cret',
      AUTH_SECRET: 's3cret',
      LOG_LEVEL: 's3cret',
      NODE_ENV: 's3cret',
      INTROSPECTION: 's3cret',
    });
    expect(message).toContain('AUTH_SECRET');
    expect(message).not.toContain('s3cret');
  });
});
