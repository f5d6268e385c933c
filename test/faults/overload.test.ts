import { expect, it } from 'vitest';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, newDatabase } from '../support/kernel.ts';
import { startReplica } from '../support/replica.ts';

const IN_FLIGHT = 4;

it('more requests than a process takes on are refused with 503 before authentication, and mint nothing', async () => {
  await using target = await bootKernel({ database: 'sqlite', config: { load: { requestsInFlight: IN_FLIGHT } } });
  const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const request = (path: string, init?: RequestInit): Promise<Response> => fetch(`${target.url}${path}`, init);
  const rest = restEndpoint({ request });

  // As many requests as there is room for, each of which waits for the rest of its body.
  const bodies = Array.from({ length: IN_FLIGHT }, () => Promise.withResolvers<Uint8Array>());
  const slow = bodies.map(({ promise }) =>
    request('/api/v1/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(admin.token) },
      body: new ReadableStream({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode('{'));
          controller.enqueue(await promise);
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit),
  );
  const anonymous = () => rest.mint({}, { name: 'x' });
  while ((await anonymous()).status !== 503);
  for (const endpoint of [graphqlEndpoint({ request }), rest]) {
    const answer = await endpoint.mint(bearer(admin.token), { name: 'on top' });
    expect({ status: answer.status, code: answer.code }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await anonymous()).status).toBe(503);

  for (const { resolve } of bodies) resolve(new TextEncoder().encode('"name":"slow"}'));
  for (const response of slow) expect((await response).status).toBe(201);
  expect((await anonymous()).status).toBe(401);
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
