// @ts-nocheck
import { expect, it } from 'vitest';
import { answerAbsentSettings } from '../../src/platform/absent-settings.ts';
import type { EngineMiddleware, EngineOperation } from '../../src/platform/middleware.ts';

/** What a read of settings answers, and whether the database was asked. */
async function read(isInstalled: boolean, operation: EngineOperation['operation'] = 'find') {
  const middlewares: [EngineMiddleware, unknown][] = [];
  answerAbsentSettings({
    registerMiddleware: (middleware, options) => void middlewares.push([middleware, options]),
    getObject: () => (isInstalled ? {} : undefined),
  });
  const asked: EngineOperation = { object: 'sys_setting', operation };
  let reached = false;
  for (const [middleware, options] of middlewares) {
    expect(options).toEqual({ object: 'sys_setting' });
    await middleware(asked, async () => {
      reached = true;
    });
  }
  return { reached, result: asked.result };
}

it('without a settings service there are no settings, and no statement fails', async () => {
  expect(await read(false)).toEqual({ reached: false, result: [] });
});

it('with a settings service, and for anything but a read, the engine answers', async () => {
  expect(await read(true)).toMatchObject({ reached: true });
  expect(await read(false, 'insert')).toMatchObject({ reached: true });
});
