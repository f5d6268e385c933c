import type { TestKernel } from './kernel.ts';

/** What the MCP endpoint answered to the call of a tool. */
export interface ToolAnswer {
  readonly status: number;
  /** Whether the tool did what it was asked for. */
  readonly done: boolean;
  readonly text: string;
}

/** Calls a tool of the MCP endpoint in one request: the endpoint keeps no sessions. */
export async function callTool(
  target: Pick<TestKernel, 'request'>,
  headers: Record<string, string>,
  name: string,
  input: Record<string, unknown>,
): Promise<ToolAnswer> {
  const response = await target.request('/api/v1/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-06-18',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } }),
  });
  const text = await response.text();
  const json = text.startsWith('{') ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? '{}');
  const { result } = JSON.parse(json) as { result?: { isError?: boolean } };
  return { status: response.status, done: result !== undefined && result.isError !== true, text };
}
