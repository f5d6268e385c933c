import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { McpService } from '../../src/keys/admission/mcp-stdio.ts';
import { type BootOptions, bootKernel, type TestKernel } from './kernel.ts';

export interface StdioKernel extends AsyncDisposable {
  readonly target: TestKernel;
  /** An agent that is connected to the long-lived server of the kernel. */
  readonly client: Client;
}

/**
 * Boots a kernel whose long-lived MCP server acts with a key, as `OS_MCP_STDIO_API_KEY` has it, and
 * connects to that. The pipe alone is another one: the tests' own process has no standard input to give.
 */
export async function bootWithStdio(key: string, options: BootOptions): Promise<StdioKernel> {
  const variables = { OS_MCP_STDIO_ENABLED: 'true', OS_MCP_STDIO_API_KEY: key, OS_MCP_SERVER_TRANSPORT: 'http' };
  Object.assign(process.env, variables);
  let target: TestKernel;
  try {
    target = await bootKernel(options);
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const mcp = await target.kernel.getServiceAsync<McpService>('mcp');
  await mcp.server.connect(theirs as Parameters<McpService['server']['connect']>[0]);
  const client = new Client({ name: 'test-agent', version: '1.0.0' });
  await client.connect(ours);
  return {
    target,
    client,
    async [Symbol.asyncDispose]() {
      await client.close();
      await target[Symbol.asyncDispose]();
    },
  };
}
