/** The placeholder for the key. The server never inserts a key: it shows a key only once, elsewhere. */
// @ts-nocheck

export const KEY_PLACEHOLDER = 'YOUR_API_KEY';

/** The configuration that connects one MCP client. */
export interface ClientConfiguration {
  /** The name of the client. */
  readonly name: string;
  /** Where the configuration goes: a file or a terminal. */
  readonly location: string;
  /** The text to put there. */
  readonly config: string;
}

/** The name of the server in each client's list. */
const SERVER = 'objectstack';
const HEADER = 'x-api-key';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The configuration of each client for a remote server over Streamable HTTP with a header, in the
 * format of November 2026.
 *
 * @param url the address of the MCP endpoint.
 */
export function clientConfigurations(url: string): readonly ClientConfiguration[] {
  return [
    { name: 'Claude Code', location: 'a terminal', config: claudeCode(url) },
    { name: 'Claude Desktop', location: 'claude_desktop_config.json', config: claudeDesktop(url) },
    { name: 'Cursor', location: '~/.cursor/mcp.json', config: cursor(url) },
    { name: 'VS Code', location: '.vscode/mcp.json', config: vsCode(url) },
    { name: 'Codex', location: '~/.codex/config.toml', config: codex(url) },
  ];
}

/** `--header` consumes all following arguments, so it comes last. */
function claudeCode(url: string): string {
  return `claude mcp add --transport http ${SERVER} ${url} --header "${HEADER}: ${KEY_PLACEHOLDER}"`;
}

/**
 * Claude Desktop starts only local processes, so `mcp-remote` connects to the server. The key is in the
 * environment, not in the arguments, which every process on the machine can read. There is no space
 * after the colon, because Claude Desktop on Windows splits arguments at spaces.
 */
function claudeDesktop(url: string): string {
  const { protocol, hostname } = new URL(url);
  const plainHttp = protocol === 'http:' && !LOOPBACK.has(hostname) ? ['--allow-http'] : [];
  return json({
    mcpServers: {
      [SERVER]: {
        command: 'npx',
        args: ['-y', 'mcp-remote', url, '--transport', 'http-only', '--header', `${HEADER}:\${API_KEY}`, ...plainHttp],
        env: { API_KEY: KEY_PLACEHOLDER },
      },
    },
  });
}

function cursor(url: string): string {
  return json({ mcpServers: { [SERVER]: { url, headers: { [HEADER]: KEY_PLACEHOLDER } } } });
}

/** People commit this file, so it does not contain the key: VS Code asks for the key once and stores it. */
function vsCode(url: string): string {
  return json({
    servers: { [SERVER]: { type: 'http', url, headers: { [HEADER]: `\${input:api-key}` } } },
    inputs: [{ type: 'promptString', id: 'api-key', description: 'ObjectStack API key', password: true }],
  });
}

/** A JSON string is a TOML basic string. */
function codex(url: string): string {
  return [
    `[mcp_servers.${SERVER}]`,
    `url = ${JSON.stringify(url)}`,
    `http_headers = { ${JSON.stringify(HEADER)} = ${JSON.stringify(KEY_PLACEHOLDER)} }`,
    '',
  ].join('\n');
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
