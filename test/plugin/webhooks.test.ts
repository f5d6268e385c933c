import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hashApiKey } from '@objectstack/core';
import { WebhookOutboxPlugin } from '@objectstack/plugin-webhooks';
import { createRestApiPlugin } from '@objectstack/rest';
import { MessagingServicePlugin } from '@objectstack/service-messaging';
import { RealtimeServicePlugin } from '@objectstack/service-realtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiKeys, bootHost, dispatcher, type Host } from '../support/host.ts';

const SYSTEM = { isSystem: true };
const NAME = 'A name that somebody wrote';
const ORDER: unknown[] = ['create', 'rotate', 'revoke', 'restore'];

/** What the other side does with a request. */
type Behaviour = 'answers' | 'fails' | 'hangs';

interface Received {
  readonly headers: Record<string, unknown>;
  readonly text: string;
  readonly body: { readonly recordId: string; readonly object: string; readonly after: Record<string, unknown> };
}

let host: Host;
let receiver: Server;
let behaviour: Behaviour = 'answers';
const received: Received[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, text, body: JSON.parse(text) });
      if (behaviour === 'answers') response.end('ok');
      if (behaviour === 'fails') response.writeHead(500).end('no');
      // Whoever hangs keeps the connection, and says nothing.
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  host = await bootHost(
    [new RealtimeServicePlugin(), new MessagingServicePlugin({ dispatchIntervalMs: 100 }), apiKeys(), dispatcher()],
    [createRestApiPlugin({}), new WebhookOutboxPlugin()],
  );
  const { port } = receiver.address() as AddressInfo;
  // As somebody does in Setup.
  await send('/api/v1/data/sys_webhook', {
    name: 'keys',
    object_name: 'api_key_event',
    triggers: ['create'],
    url: `http://127.0.0.1:${port}/keys`,
    method: 'post',
    active: true,
    definition_json: '{"timeoutMs":300}',
  });
});
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  receiver?.closeAllConnections();
  receiver?.close();
});

async function send(path: string, body: object): Promise<Record<string, unknown>> {
  const { status, text } = await host.send(path, {
    headers: ['Authorization', `Bearer ${host.token}`],
    body: JSON.stringify(body),
  });
  expect(status, text).toBeLessThan(300);
  return JSON.parse(text) as Record<string, unknown>;
}
const deliveries = () => host.engine.find('sys_http_delivery', { context: SYSTEM });
/** What is to be tried again is due at once, and not after the seconds, minutes and hours of the platform. */
async function retryNow(): Promise<void> {
  for (const { id, status } of await deliveries()) {
    if (status === 'pending') {
      await host.engine.update('sys_http_delivery', { id, next_retry_at: 0 }, { context: SYSTEM });
    }
  }
}
const until = (what: () => unknown) => expect.poll(what, { timeout: 30_000, interval: 100 });
const states = async (): Promise<unknown[]> => {
  await retryNow();
  return (await deliveries()).map(({ status }) => status);
};
/**
 * The platform's webhooks read their table some time after it has changed. Resolves when events arrive, and leaves
 * nothing of them.
 */
async function known(): Promise<void> {
  const mint = async () => String((await send('/api/v1/keys', { name: 'before' }))['id']);
  await until(async () => {
    await mint();
    return (await deliveries()).length;
  }).toBeGreaterThan(0);
  // Events arrive in their order: after this one there is none of them under way.
  const last = await mint();
  await until(() => received.some(({ text }) => text.includes(last))).toBe(true);
  await until(async () => (await states()).every((state) => state === 'success')).toBe(true);
  for (const { id } of await deliveries()) {
    await host.engine.delete('sys_http_delivery', { where: { id }, context: SYSTEM });
  }
  received.length = 0;
}
const attempts = async (): Promise<number> => Number((await deliveries())[0]?.['attempts'] ?? 0);

it('a webhook gets each event, and gets it again until the other side answers', { timeout: 120_000 }, async () => {
  await known();
  behaviour = 'fails';
  const { key, id } = (await send('/api/v1/keys', { name: NAME })) as { key: string; id: string };
  await until(attempts).toBe(1);
  behaviour = 'hangs';
  await retryNow();
  await until(attempts).toBe(2);
  expect(await states()).toEqual(['pending']);
  behaviour = 'answers';
  await until(states).toEqual(['success']);
  expect(received.length).toBeGreaterThan(2);
  // Sent again, it is the same.
  expect(new Set(received.map(({ text }) => text)).size).toBe(1);

  const rotated = (await send(`/api/v1/keys/${id}/rotate`, { overlap: 'PT1H' })) as { key: string; id: string };
  for (const change of ['revokeApiKey', 'restoreApiKey']) {
    const query = `mutation { ${change}(input: { id: "${rotated.id}" }) { apiKey { id } } }`;
    expect(await send('/api/v1/graphql', { query })).toEqual({ data: { [change]: { apiKey: { id: rotated.id } } } });
  }
  await until(states).toEqual(Array(4).fill('success'));
  const events = new Map(
    received.map(({ body: { recordId, object, after } }): [string, Record<string, unknown>] => [
      recordId,
      { object, ...after },
    ]),
  );
  const object = 'api_key_event';
  expect([...events.values()].sort((a, b) => ORDER.indexOf(a['event']) - ORDER.indexOf(b['event']))).toMatchObject([
    { object, event: 'create', keyId: id },
    { object, event: 'rotate', keyId: rotated.id, previousKeyId: id },
    { object, event: 'revoke', keyId: rotated.id },
    { object, event: 'restore', keyId: rotated.id },
  ]);

  const sent = JSON.stringify([received, await deliveries()]);
  for (const raw of [key, rotated.key]) {
    expect(raw).toMatch(/^osk_/);
    expect([sent.includes(raw), sent.includes(hashApiKey(raw))]).toEqual([false, false]);
  }
  expect(sent).not.toContain(NAME);
  expect(sent).not.toContain(host.token);

  // The URL of a webhook is often a secret in itself: an administrator's session sees it, their key does not.
  const webhooks = (credential: readonly string[]) =>
    host.send('/api/v1/data/sys_webhook', { method: 'GET', headers: credential });
  expect((await webhooks(['Authorization', `Bearer ${host.token}`])).text).toContain('/keys"');
  const withKey = await webhooks(['X-API-Key', key]);
  expect(withKey.text).not.toContain('127.0.0.1');
  expect([withKey.status, withKey.text]).toEqual([403, expect.any(String)]);
});
