// @ts-nocheck
// 
import type { Plugin, PluginContext } from '@objectstack/core';
import { expect, it } from 'vitest';
import type { HookEngine } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, type TestEngine } from '../support/kernel.ts';

/** A plugin that reads a table that does not exist after each key, in the transaction of the key, and does not say so. */
const careless: Plugin = {
  name: 'test.careless-hook',
  version: '1.0.0',
  init: () => undefined,
  start(context: PluginContext) {
    const engine = context.getService<HookEngine & TestEngine>('objectql');
    const hook = async (): Promise<void> => {
      await engine.find('sys_no_such_table', { context: { isSystem: true } }).catch(() => undefined);
    };
    engine.registerHook('afterInsert', hook as () => void, { object: 'sys_api_key', priority: 200 });
  },
};

it('no key is answered that is not there, when the hook of another plugin breaks the transaction', async () => {
  await using target = await bootKernel({ plugins: [careless] });
  const person = await target.newPerson();
  for (const endpoint of [graphqlEndpoint(target), restEndpoint(target)]) {
    const answer = await endpoint.mint(bearer(person.token), { name: 'x' });
    const stored = await target.storedKeys();
    // SQLite goes on after a failed statement; PostgreSQL gives the transaction up.
    if (answer.status === 503) expect(stored).toEqual([]);
    else expect(stored.map(({ id }) => id)).toContain(answer.apiKey?.id);
    expect(answer.status).toBe(target.database.driver === 'postgres' ? 503 : endpoint.name === 'REST' ? 201 : 200);
  }
});
