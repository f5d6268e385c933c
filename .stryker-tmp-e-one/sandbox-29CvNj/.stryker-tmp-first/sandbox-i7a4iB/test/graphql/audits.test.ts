// @ts-nocheck
// 
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, DEV_ADMIN, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let token: string;
beforeAll(async () => {
  target = await bootKernel();
  token = (await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password)).token;
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** Every one of them passes, so there is no list of exceptions. They sign in, as nothing here is anonymous. */
describe('GraphQL over HTTP: the audits of graphql-http', () => {
  const audits = serverAudits({
    url: () => `${target.url}/api/v1/graphql`,
    fetchFn: (url: string, init?: RequestInit) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(url, { ...init, headers });
    },
  });

  it('are of every level: MUST, SHOULD and MAY', () => {
    const levels = audits.map(({ name }) => /^(MUST|SHOULD|MAY)/.exec(name)?.[0]);
    expect(new Set(levels)).toEqual(new Set(['MUST', 'SHOULD', 'MAY']));
    expect(audits.length).toBeGreaterThanOrEqual(61);
  });

  it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
  });
});
