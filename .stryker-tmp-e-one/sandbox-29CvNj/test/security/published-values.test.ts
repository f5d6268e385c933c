// @ts-nocheck
import type { Plugin, PluginContext } from '@objectstack/core';
import { hashApiKey } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

interface Published {
  readonly type: string;
  readonly object?: string;
}

/** The platform's realtime service, which webhooks and browsers are told by, as far as the engine uses it. */
const published: Published[] = [];
const realtime: Plugin = {
  name: 'test.realtime',
  version: '1.0.0',
  init(context: PluginContext): void {
    context.registerService('realtime', { publish: async (event: Published) => void published.push(event) });
  },
};

let target: TestKernel;
let person: Person;
const password = 'Known-to-nobody-2026';
beforeAll(async () => {
  target = await bootKernel({ plugins: [realtime] });
  person = await target.newPerson({ password });
});
afterAll(() => target[Symbol.asyncDispose]());

const ofKeys = () => published.filter(({ object }) => object === 'sys_api_key');

describe('what the engine publishes', () => {
  it('names a key that is created and ended, without its hash', async () => {
    const { key = '', apiKey } = await graphqlEndpoint(target).mint(bearer(person.token), { name: 'Published' });
    await target.engine.update('sys_api_key', { id: apiKey?.id, revoked: true }, { context: { isSystem: true } });
    expect(ofKeys()).toMatchObject([
      {
        type: 'data.record.created',
        payload: { recordId: apiKey?.id, after: { name: 'Published' }, userId: person.id },
      },
      { type: 'data.record.updated', payload: { recordId: apiKey?.id } },
    ]);
    const text = JSON.stringify(published);
    expect([text.includes(key), text.includes(hashApiKey(key))]).toEqual([false, false]);
  });

  it('has nothing of a session, and no session token', async () => {
    const { token } = await target.signIn(person.email, password);
    expect(await target.sql('SELECT id FROM sys_session WHERE token = ?', [token])).toHaveLength(1);
    expect(published.filter(({ object }) => object === 'sys_session')).toEqual([]);
    expect(JSON.stringify(published)).not.toContain(token);
  });
});
