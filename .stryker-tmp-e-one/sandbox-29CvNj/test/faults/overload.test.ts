// @ts-nocheck
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { DataEngine, ReadDriver } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, newDatabase } from '../support/kernel.ts';
import { startReplica } from '../support/replica.ts';
import { openConnection, post } from '../support/socket.ts';

const IN_FLIGHT = 4;

it('a client that stalls in the middle of its body takes no slot from others', async () => {
  await using target = await bootKernel({ database: 'sqlite', config: { load: { maxRequestsInFlight: 1 } } });
  const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const request = (path: string, init?: RequestInit): Promise<Response> => fetch(`${target.url}${path}`, init);
  const rest = restEndpoint({ request });
  const [head = '', body = ''] = post(rest.path, [`Authorization: Bearer ${admin.token}`], '{"name":"slow"}')
    .join('\r\n')
    .split('\r\n\r\n');
  const stalled = await Promise.all(Array.from({ length: 4 }, () => openConnection(target.url)));
  for (const connection of stalled) connection.write(`${head}\r\n\r\n${body.slice(0, 5)}`);
  // Answered behind them: the server has read what they sent.
  for (const endpoint of [graphqlEndpoint({ request }), rest]) {
    expect((await endpoint.mint(bearer(admin.token), { name: 'meanwhile' })).key).toMatch(/^osk_/);
  }
  for (const connection of stalled) {
    connection.write(body.slice(5));
    expect(await connection.answers(1)).toMatch(/^HTTP\/1\.1 201 /);
    await connection[Symbol.asyncDispose]();
  }
});

it('more requests than a process takes on are refused with 503 before authentication, and mint nothing', async () => {
  await using target = await bootKernel({ database: 'sqlite', config: { load: { maxRequestsInFlight: IN_FLIGHT } } });
  const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  // As many requests as there is room for, each of which waits for the database.
  const gate = Promise.withResolvers<void>();
  const driver = (target.engine as unknown as DataEngine).getDriverForObject('sys_session') as ReadDriver;
  const { find } = driver;
  let asked = 0;
  driver.find = async (...query) => {
    asked++;
    await gate.promise;
    return find.apply(driver, query);
  };
  const endpoints = [graphqlEndpoint(target), restEndpoint(target)];
  const [, rest] = endpoints;
  const slow = Array.from({ length: IN_FLIGHT }, () => rest?.mint(bearer(admin.token), { name: 'slow' }));
  while (asked === 0) await setImmediate();
  const askedBefore = asked;
  for (const endpoint of endpoints) {
    const answer = await endpoint.mint(bearer(admin.token), { name: 'on top' });
    expect({ status: answer.status, code: answer.code }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await rest?.mint({}, { name: 'x' }))?.status).toBe(503);
  expect(asked).toBe(askedBefore);

  driver.find = find;
  gate.resolve();
  for (const answer of slow) expect((await answer)?.status).toBe(201);
  expect((await rest?.mint({}, { name: 'x' }))?.status).toBe(401);
  expect((await target.storedKeys()).map(({ name }) => name)).toEqual(Array(IN_FLIGHT).fill('slow'));
});

it('many more clients than a process takes on are each answered: a key, or 503', { timeout: 60_000 }, async () => {
  const database = await newDatabase('sqlite');
  const server = await startReplica(database.config, { MAX_REQUESTS_IN_FLIGHT: String(IN_FLIGHT) });
  try {
    const token = await server.signIn();
    const statuses: number[] = [];
    // On connections that are open, requests arrive together.
    while (!statuses.includes(503)) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => server.mint(token, 'one of many')));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(new Set(statuses)).toEqual(new Set([201, 503]));
    const list = await server.request('/api/v1/data/sys_api_key?limit=1', { headers: bearer(token) });
    expect(await list.json()).toMatchObject({ total: statuses.filter((status) => status === 201).length });
  } finally {
    await server.stop();
    await database.drop();
  }
});
