import { describe, expect, it, vi } from 'vitest';
import { requestCarriesKey } from '../../../src/keys/admission/current-key.ts';
import { type StdioChecks, scopeStdio } from '../../../src/keys/admission/mcp-stdio.ts';

interface TestTransport {
  onmessage?: (...message: unknown[]) => void;
  send: (message: object) => Promise<void>;
  onerror?: (error: Error) => void;
}

/** A server that takes what reaches it, and what the agent is sent back. */
async function connected(
  isLive: StdioChecks['isLive'],
  connectFirst = false,
  offeredTools: StdioChecks['offeredTools'] = async () => undefined,
) {
  const reached: [message: unknown, carriesKey: boolean][] = [];
  const sent: object[] = [];
  const transport: TestTransport = {
    send: async (message) => {
      sent.push(message);
    },
  };
  const server = {
    server: {} as { transport?: TestTransport },
    async connect(given: TestTransport) {
      given.onmessage = (message) => reached.push([message, requestCarriesKey()]);
    },
  };
  if (connectFirst) {
    await server.connect(transport);
    server.server.transport = transport;
  }
  scopeStdio({ server } as Parameters<typeof scopeStdio>[0], '/api/v1/mcp', { isLive, offeredTools });
  if (!connectFirst) await server.connect(transport);
  const say = async (message: unknown): Promise<void> => {
    const before = reached.length + sent.length;
    transport.onmessage?.(message);
    await vi.waitUntil(() => reached.length + sent.length > before);
  };
  return { reached, sent, say, transport };
}

const request = { jsonrpc: '2.0', id: 1, method: 'tools/call' };

it.each([false, true])(
  'a request with a live key reaches the server as one with a key (connected first: %s)',
  async (first) => {
    const { reached, sent, say } = await connected(async () => true, first);
    await say(request);
    expect(reached).toEqual([[request, true]]);
    expect(sent).toEqual([]);
  },
);

it('the key is checked for each request, and an inactive key is rejected', async () => {
  const live = [true, false];
  const { reached, sent, say } = await connected(async () => live.shift() ?? false);
  await say(request);
  await say({ ...request, id: 'two' });
  expect(reached).toHaveLength(1);
  expect(sent).toEqual([
    { jsonrpc: '2.0', id: 'two', error: { code: -32_001, message: expect.stringContaining('no longer valid') } },
  ]);
});

it('requests are rejected if the key cannot be checked', async () => {
  const { reached, sent, say } = await connected(() => Promise.reject(new Error('no database at 10.0.0.1')));
  await say(request);
  expect(reached).toEqual([]);
  expect(sent).toEqual([
    { jsonrpc: '2.0', id: 1, error: { code: -32_003, message: expect.stringContaining('right now') } },
  ]);
  expect(JSON.stringify(sent)).not.toContain('10.0.0.1');
});

it.each([{ jsonrpc: '2.0', method: 'notifications/initialized' }, { jsonrpc: '2.0', id: 1, result: {} }, 'text'])(
  'what asks for nothing is passed on: %j',
  async (message) => {
    const { reached, say } = await connected(async () => false);
    await say(message);
    expect(reached).toEqual([[message, true]]);
  },
);

it('a pipe that is closed is an error of the connection, and not of the process', async () => {
  const { transport } = await connected(async () => false);
  transport.send = () => Promise.reject(new Error('EPIPE'));
  const failed = new Promise<Error>((resolve) => {
    transport.onerror = resolve;
  });
  transport.onmessage?.(request);
  expect((await failed).message).toBe('EPIPE');
});

it('a transport that takes no messages stays as it is', async () => {
  const transport = {};
  const server = { server: { transport }, connect: async () => undefined };
  scopeStdio({ server } as Parameters<typeof scopeStdio>[0], '/api/v1/mcp', {
    isLive: async () => true,
    offeredTools: async () => undefined,
  });
  expect(transport).toEqual({});
});

describe('a key with scopes', () => {
  const offered = async () => new Set(['get_record']);
  const tools = [{ name: 'get_record' }, { name: 'delete_record' }, { name: 'of_another_plugin' }];

  it('is shown the tools that its scopes allow, and no others', async () => {
    const { reached, sent, say, transport } = await connected(async () => true, false, offered);
    await say({ jsonrpc: '2.0', id: 7, method: 'tools/list' });
    expect(reached).toHaveLength(1);
    // A request of the server that has the same id by chance.
    await transport.send({ jsonrpc: '2.0', id: 7, method: 'roots/list', result: { tools } });
    await transport.send({ jsonrpc: '2.0', id: 7, result: { tools, nextCursor: 'x' } });
    await transport.send({ jsonrpc: '2.0', id: 7, result: { tools } });
    expect(sent).toEqual([
      { jsonrpc: '2.0', id: 7, method: 'roots/list', result: { tools } },
      { jsonrpc: '2.0', id: 7, result: { tools: [{ name: 'get_record' }], nextCursor: 'x' } },
      { jsonrpc: '2.0', id: 7, result: { tools } },
    ]);
  });

  it('is shown an error as it is', async () => {
    const { sent, say, transport } = await connected(async () => true, false, offered);
    await say({ jsonrpc: '2.0', id: 7, method: 'tools/list' });
    await transport.send({ jsonrpc: '2.0', id: 7, error: { code: -32_601 } });
    expect(sent).toEqual([{ jsonrpc: '2.0', id: 7, error: { code: -32_601 } }]);
  });

  it('uses the tools that its scopes allow', async () => {
    const { reached, sent, say } = await connected(async () => true, false, offered);
    await say({ ...request, params: { name: 'get_record' } });
    expect([reached.length, sent]).toEqual([1, []]);
  });

  it.each([{ name: 'delete_record' }, { name: 'of_another_plugin' }, { name: ['get_record'] }, {}, undefined])(
    'does not use others: %j',
    async (params) => {
      const { reached, sent, say } = await connected(async () => true, false, offered);
      await say({ ...request, params });
      expect(reached).toEqual([]);
      expect(sent).toEqual([
        { jsonrpc: '2.0', id: 1, error: { code: -32_001, message: expect.stringContaining('tools/list') } },
      ]);
    },
  );

  it('uses no tool while it cannot be told what its scopes allow', async () => {
    const { reached, sent, say } = await connected(
      async () => true,
      false,
      () => Promise.reject(new Error('no database')),
    );
    await say({ ...request, params: { name: 'get_record' } });
    await say({ ...request, method: 'tools/list' });
    expect(reached).toEqual([]);
    expect(sent).toEqual(Array(2).fill({ jsonrpc: '2.0', id: 1, error: expect.objectContaining({ code: -32_003 }) }));
  });
});
