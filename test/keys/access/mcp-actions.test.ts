import { expect, it } from 'vitest';
import { withinRequest } from '../../../src/http/request-scope.ts';
import { countMcpActions } from '../../../src/keys/access/mcp-actions.ts';
import type { McpOptions } from '../../../src/keys/access/narrowing.ts';
import { recordAdmittedKey } from '../../../src/keys/admission/current-key.ts';

const KEY = { id: 'k', prefix: 'osk_k', ownerId: 'ada', organizationId: undefined, scopes: [] };

/** The server with what was noted, and the options that the platform got. */
function server() {
  const noted: unknown[] = [];
  const got: (McpOptions | undefined)[] = [];
  const given = {
    handleHttpRequest: async (_request: Request, options?: McpOptions) => {
      got.push(options);
      return new Response();
    },
  };
  countMcpActions(given, { note: (...use) => noted.push(use) });
  const handle = (options?: McpOptions) => given.handleHttpRequest(new Request('http://localhost/'), options);
  return { noted, got, handle };
}

async function run(result: unknown, isWithKey = true): Promise<unknown[]> {
  const { noted, got, handle } = server();
  const asked: unknown[] = [];
  const runAction = async (...given: unknown[]) => {
    asked.push(given);
    return result;
  };
  await withinRequest({ id: 'r', address: undefined, url: '/', headers: new Headers() }, async () => {
    if (isWithKey) recordAdmittedKey(KEY);
    await handle({ bridge: { runAction, other: 1 }, toolOptions: {} });
    expect(got).toEqual([{ bridge: { runAction: expect.any(Function), other: 1 }, toolOptions: {} }]);
    const bridge = got[0]?.bridge as { runAction: typeof runAction };
    expect(await bridge.runAction('stamp', { at: 1 })).toBe(result);
  });
  expect(asked).toEqual([['stamp', { at: 1 }]]);
  return noted;
}

it.each<[unknown, string]>([
  [{ objectName: 'note' }, 'note'],
  [{ objectName: 7 }, ''],
  [{}, ''],
  [null, ''],
])('an action that a key runs is counted: %j', async (result, object) => {
  expect(await run(result)).toEqual([['k', object, 'EXECUTE']]);
});

it('an action without a key is not counted', async () => {
  expect(await run({ objectName: 'note' }, false)).toEqual([]);
});

it.each<[string, McpOptions | undefined]>([
  ['no options', undefined],
  ['no bridge', {}],
  ['a bridge without actions', { bridge: { find: () => undefined } }],
  ['a bridge whose actions are no function', { bridge: { runAction: 'run' } }],
])('a request with %s is handled as it is', async (_name, options) => {
  const { got, handle } = server();
  await handle(options);
  expect(got[0]).toBe(options);
});
