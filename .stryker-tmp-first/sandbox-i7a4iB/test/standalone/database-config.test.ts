// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/base/configuration-error.ts';
import { readConfig } from '../../src/standalone/config.ts';

describe('DATABASE_URL', () => {
  it.each(['postgres://u:p@db.example.test/keys', 'postgresql://u:p@db:5433/keys?sslmode=verify-full'])(
    'takes the PostgreSQL address %s as it is',
    (url) => {
      expect(readConfig({ DATABASE_URL: url }).database).toEqual({ driver: 'postgres', url, poolSize: 10 });
    },
  );

  it('goes with the size of the pool and a time limit', () => {
    const config = readConfig({
      DATABASE_URL: 'postgres://db/keys',
      DATABASE_POOL_SIZE: '25',
      DATABASE_TIMEOUT_MS: '1500',
    });
    expect(config.database).toMatchObject({ poolSize: 25 });
    expect(config.databaseTimeoutMs).toBe(1500);
  });

  it('is an SQLite file by default', () => {
    expect(readConfig({}).database).toEqual({ driver: 'sqlite', filename: './data/objectstack.db' });
    expect(readConfig({}).databaseTimeoutMs).toBe(5000);
  });

  it.each(['postgres://u:s3cret@[bad', 'mysql://u:s3cret@db/keys', 's3cret'])(
    'refuses %s without repeating it',
    (url) => {
      const read = () => readConfig({ DATABASE_URL: url });
      expect(read).toThrow(ConfigurationError);
      expect(read).toThrow(/DATABASE_URL must be postgres:/);
      expect(read).not.toThrow(/s3cret/);
    },
  );

  it.each(['0', '1001', '-1', '1e3', 'ten'])('a pool of %s connections is refused', (size) => {
    expect(() => readConfig({ DATABASE_POOL_SIZE: size })).toThrow(/DATABASE_POOL_SIZE must be/);
  });
});
