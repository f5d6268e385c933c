// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
beforeAll(async () => {
  target = await bootKernel();
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

const get = async (path: string): Promise<{ status: number; body: unknown; cached: string | null }> => {
  const response = await fetch(`${target.url}${path}`);
  return { status: response.status, body: await response.json(), cached: response.headers.get('cache-control') };
};

const OK = { status: 200, body: { status: 'ok' }, cached: 'no-store' };

describe('the health of a server', () => {
  it('is told to anybody who asks', async () => {
    expect(await get('/healthz')).toEqual(OK);
    expect(await get('/readyz')).toEqual(OK);
  });

  it('is alive and not ready while the database does not answer, and ready again by itself', async () => {
    await target.sql('ALTER TABLE sys_api_key RENAME TO sys_api_key_elsewhere');
    try {
      expect(await get('/readyz')).toEqual({ status: 503, body: { status: 'unavailable' }, cached: 'no-store' });
      expect(await get('/healthz')).toEqual(OK);
    } finally {
      await target.sql('ALTER TABLE sys_api_key_elsewhere RENAME TO sys_api_key');
    }
    expect(await get('/readyz')).toEqual(OK);
  });
});
