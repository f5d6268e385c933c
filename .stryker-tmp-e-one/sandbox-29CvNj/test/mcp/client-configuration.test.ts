// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { clientConfigurations, KEY_PLACEHOLDER } from '../../src/mcp/client-configuration.ts';

const URL = 'https://acme.example/api/v1/mcp';
const configOf = (name: string, url = URL): string =>
  clientConfigurations(url).find((client) => client.name === name)?.config ?? '';

describe('the configuration of an MCP client', () => {
  it('is there for Claude Code, Claude Desktop, Cursor, VS Code and Codex', () => {
    expect(clientConfigurations(URL).map(({ name }) => name)).toEqual([
      'Claude Code',
      'Claude Desktop',
      'Cursor',
      'VS Code',
      'Codex',
    ]);
  });

  it('has the address, and a placeholder or a question where the key goes', () => {
    for (const { config } of clientConfigurations(URL)) {
      expect(config).toContain(URL);
      expect(config).toMatch(/YOUR_API_KEY|\$\{input:api-key\}/);
      expect(config).not.toContain('osk_');
    }
  });

  it('is JSON for the clients that read JSON', () => {
    expect(JSON.parse(configOf('Cursor'))).toEqual({
      mcpServers: { objectstack: { url: URL, headers: { 'x-api-key': KEY_PLACEHOLDER } } },
    });
    expect(JSON.parse(configOf('VS Code'))).toMatchObject({
      servers: { objectstack: { type: 'http', url: URL, headers: { 'x-api-key': `\${input:api-key}` } } },
      inputs: [{ type: 'promptString', id: 'api-key', password: true }],
    });
  });

  it('keeps the key of Claude Desktop out of the arguments of a process', () => {
    const { args, env } = JSON.parse(configOf('Claude Desktop')).mcpServers.objectstack as {
      args: string[];
      env: Record<string, string>;
    };
    expect(args.join(' ')).not.toContain(KEY_PLACEHOLDER);
    expect(env).toEqual({ API_KEY: KEY_PLACEHOLDER });
    // It splits an argument with a space in it, on Windows.
    expect(args.every((argument) => !argument.includes(' '))).toBe(true);
  });

  it.each([
    ['https://acme.example/api/v1/mcp', false],
    ['http://localhost:3000/api/v1/mcp', false],
    ['http://10.0.0.7:3000/api/v1/mcp', true],
  ])('of Claude Desktop for %s allows plain HTTP: %s', (url, allowed) => {
    expect(configOf('Claude Desktop', url).includes('--allow-http')).toBe(allowed);
  });

  it('is TOML for Codex', () => {
    expect(configOf('Codex')).toBe(
      `[mcp_servers.objectstack]\nurl = "${URL}"\nhttp_headers = { "x-api-key" = "YOUR_API_KEY" }\n`,
    );
  });
});
