/** Stands where the key goes. The server never puts a key there: it shows a key once, elsewhere. */
export const KEY_PLACEHOLDER = 'YOUR_API_KEY';

/** What a person gives to one MCP client so that it connects. */
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
 * form that the client takes in November 2026.
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

/** `--header` takes every word after it, so it comes last. */
function claudeCode(url: string): string {
  return `claude mcp add --transport http ${SERVER} ${url} --header "${HEADER}: ${KEY_PLACEHOLDER}"`;
}

/**
 * Its file starts local processes only; `mcp-remote` is the bridge. The key is in the environment,
 * not among the arguments, which every process of the machine can read. There is no space after the
 * colon: on Windows, Claude Desktop splits an argument at its spaces.
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

/** The file is one that people commit, so the key is not in it: VS Code asks for it once and keeps it. */
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
