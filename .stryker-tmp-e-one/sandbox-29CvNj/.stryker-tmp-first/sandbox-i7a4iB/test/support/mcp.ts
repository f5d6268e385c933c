// @ts-nocheck
// 
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
  const { status, text, result } = await call(target, headers, 'tools/call', { name, arguments: input });
  const { isError } = (result ?? {}) as { isError?: boolean };
  return { status, done: result !== undefined && isError !== true, text };
}

/** The names of the tools that the MCP endpoint offers, sorted. */
export async function listTools(
  target: Pick<TestKernel, 'request'>,
  headers: Record<string, string>,
): Promise<string[]> {
  const { tools = [] } = ((await call(target, headers, 'tools/list', {})).result ?? {}) as {
    tools?: { name: string }[];
  };
  return tools.map(({ name }) => name).sort();
}

async function call(
  target: Pick<TestKernel, 'request'>,
  headers: Record<string, string>,
  method: string,
  params: Record<string, unknown>,
): Promise<{ status: number; text: string; result: unknown }> {
  const response = await target.request('/api/v1/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-06-18',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const text = await response.text();
  const json = text.startsWith('{') ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? '{}');
  return { status: response.status, text, result: (JSON.parse(json) as { result?: unknown }).result };
}
