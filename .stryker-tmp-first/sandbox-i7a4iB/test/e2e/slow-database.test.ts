// @ts-nocheck
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { DataEngine, ReadDriver } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel } from '../support/kernel.ts';

const DEADLINE = 1000;

it('a database that is slow and never fails is 503 within the time for one request, and nothing is written later', async () => {
  await using target = await bootKernel({ config: { databaseTimeoutMs: DEADLINE } });
  const person = await target.newPerson();
  const endpoints = [graphqlEndpoint(target), restEndpoint(target)];
  let key = '';
  for (const endpoint of endpoints) {
    ({ key = '' } = await endpoint.mint(bearer(person.token), { name: 'before' }));
    expect(key).toMatch(/^osk_/);
  }
  const before = await target.storedKeys();

  // Each look-up is within its own deadline; the three that a mint asks for one after the other are not.
  const driver = (target.engine as unknown as DataEngine).getDriverForObject('sys_session') as ReadDriver;
  const { find } = driver;
  let asked = 0;
  driver.find = async (...query) => {
    asked++;
    await pause(DEADLINE * 0.6);
    return find.apply(driver, query);
  };
  for (const endpoint of endpoints) {
    const start = performance.now();
    const answer = await endpoint.mint(bearer(person.token), { name: 'late' });
    expect(answer).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    // One deadline, and not one for each question.
    expect(performance.now() - start).toBeLessThan(DEADLINE * 1.7);
  }
  expect(asked).toBeGreaterThan(endpoints.length);

  // A database that does not answer at all admits no key.
  const withKey = async (path: string, body?: string): Promise<number> => {
    const method = body === undefined ? {} : { method: 'POST', body };
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    return (await target.request(path, { ...method, headers })).status;
  };
  const askAll = () =>
    Promise.all([withKey('/api/v1/data/sys_user'), withKey('/api/v1/graphql', '{"query":"{ viewer { id } }"}')]);
  driver.find = () => new Promise(() => undefined);
  expect(await askAll()).toEqual([503, 503]);
  driver.find = find;
  expect(await askAll()).toEqual([200, 200]);

  // What was under way has gone on; a mint behind it shows that its turn has passed.
  await pause(DEADLINE * 2);
  expect((await graphqlEndpoint(target).mint(bearer(person.token), { name: 'after' })).key).toMatch(/^osk_/);
  const names = (await target.storedKeys()).map(({ name }) => name);
  expect(names).not.toContain('late');
  expect(names).toHaveLength(before.length + 1);
});
