import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { ROOT } from '../support/markdown.ts';
import { type Finished, run } from '../support/process.ts';
import { startServer, type TestServer } from '../support/served.ts';

interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startServer();
  token = await server.signIn();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const cli = (args: readonly string[], url = server.url): Promise<Finished> =>
  runCli(args, {
    env: { OBJECTSTACK_URL: url, OBJECTSTACK_TOKEN: token, XDG_CONFIG_HOME: server.folder },
  });

async function mint(name: string): Promise<{ id: string; key: string }> {
  const { stdout } = await cli(['mint', '--name', name, '--json']);
  const { apiKey, key } = JSON.parse(stdout) as { apiKey: { id: string }; key: string };
  return { id: apiKey.id, key };
}

async function listed(...args: string[]): Promise<ListedKey[]> {
  const { code, stdout } = await cli(['list', '--json', ...args]);
  expect(code).toBe(0);
  return JSON.parse(stdout) as ListedKey[];
}

const authenticates = async (key: string): Promise<boolean> => {
  const response = await fetch(`${server.url}/api/v1/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query: '{ viewer { id } }' }),
  });
  return response.status === 200;
};

describe('list', () => {
  let mine: { id: string; key: string };
  beforeEach(async () => {
    mine = await mint('to be listed');
  });

  it('shows the keys as a table, without their secrets', async () => {
    const { code, stdout } = await cli(['list']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^ID +NAME +PREFIX +STATUS +EXPIRES +LAST USED$/);
    expect(stdout).toMatch(new RegExp(`^${mine.id} +to be listed +${mine.key.slice(0, 12)} +ACTIVE +never`, 'm'));
    expect(stdout).not.toContain(mine.key);
  });

  it.skipIf(process.platform !== 'linux')('has colours at a terminal, unless NO_COLOR is set', async () => {
    const atTerminal = async (env: Record<string, string>): Promise<string> => {
      const environment = { OBJECTSTACK_URL: server.url, OBJECTSTACK_TOKEN: token, XDG_CONFIG_HOME: server.folder };
      const { code, stdout } = await run(
        'script',
        ['-qec', `stty cols 160; node ${ROOT}src/cli.ts list`, '/dev/null'],
        {
          env: { ...environment, TERM: 'xterm-256color', CI: undefined, FORCE_COLOR: undefined, ...env },
        },
      );
      expect(code, stdout).toBe(0);
      expect(stdout).toContain('to be listed');
      return stdout;
    };
    expect(await atTerminal({})).toContain('\u001b[');
    expect(await atTerminal({ NO_COLOR: '1' })).not.toContain('\u001b[');
    expect((await cli(['list'])).stdout).not.toContain('\u001b[');
  });

  it('reads as many pages as it takes, newest first', async () => {
    for (let n = 0; n < 3; n += 1) mine = await mint(`page ${n}`);
    const all = await listed('--limit', '1000');
    expect(all.length).toBeGreaterThan(3);
    expect(all[0]?.id).toBe(mine.id);
    expect(await listed()).toEqual(all);
    expect(await listed('--limit', '2')).toEqual(all.slice(0, 2));
  });

  it('shows only one status on request', async () => {
    await cli(['revoke', mine.id]);
    expect((await listed('--status', 'revoked')).map(({ id }) => id)).toContain(mine.id);
    expect((await listed('--status', 'active')).map(({ id }) => id)).not.toContain(mine.id);
  });
});

describe('revoke and restore', () => {
  it('end a key, and let it authenticate again', async () => {
    const { id, key } = await mint('to be revoked');
    expect(await authenticates(key)).toBe(true);

    const revoked = await cli(['revoke', id]);
    expect(revoked).toEqual({ code: 0, stdout: '', stderr: expect.stringContaining('Revoked "to be revoked"') });
    expect(await authenticates(key)).toBe(false);

    const restored = await cli(['restore', id, '--json']);
    expect(restored.code).toBe(0);
    expect(JSON.parse(restored.stdout)).toMatchObject({ apiKey: { id, status: 'ACTIVE' } });
    expect(await authenticates(key)).toBe(true);
  });

  it.each(['revoke', 'restore', 'rotate'])('%s is refused for a key that does not exist', async (command) => {
    const { code, stdout } = await cli([command, 'not-a-key']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});

describe('rotate', () => {
  it('prints the new key alone and ends the old one', async () => {
    const old = await mint('to be rotated');
    const { code, stdout, stderr } = await cli(['rotate', old.id]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^osk_[A-Za-z0-9_-]{43}\n$/) });
    expect(stderr).toContain('"to be rotated"');
    expect(await authenticates(stdout.trim())).toBe(true);
    expect(await authenticates(old.key)).toBe(false);
  });

  it('lets the old key go on for an overlap', async () => {
    const old = await mint('with an overlap');
    const { stdout } = await cli(['rotate', old.id, '--overlap', 'PT1H']);
    expect(await authenticates(stdout.trim())).toBe(true);
    expect(await authenticates(old.key)).toBe(true);
  });
});

describe('an answer that is lost on the way', () => {
  it('creates one key, and says how to get a secret for it', async () => {
    const before = await listed('--limit', '1000');
    const tries: (string | undefined)[] = [];
    // Between the command and the server: it passes on, and loses the first answer.
    const lossy = createServer(async (request, response) => {
      const body = await text(request);
      tries.push(request.headers['idempotency-key'] as string | undefined);
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const answer = await fetch(`${server.url}${request.url}`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': tries.at(-1) ?? '' },
        body,
      });
      if (tries.length === 1) request.socket.destroy();
      else response.writeHead(answer.status).end(await answer.text());
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => lossy.once('listening', resolve));
    const { port } = lossy.address() as AddressInfo;
    const { code, stdout, stderr } = await cli(['mint', '--name', 'lost'], `http://127.0.0.1:${port}`);
    lossy.close();

    expect(tries).toHaveLength(2);
    expect(tries[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(tries[1]).toBe(tries[0]);
    const [created, ...others] = (await listed('--limit', '1000')).filter(
      ({ id }) => !before.some((key) => key.id === id),
    );
    expect({ created, others }).toMatchObject({ created: { name: 'lost', status: 'ACTIVE' }, others: [] });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`rotate ${created?.id}`),
    });
    expect((await cli(['rotate', created?.id ?? ''])).stdout).toMatch(/^osk_/);
  });
});

describe('narrow and usage', () => {
  const details = async (...args: string[]): Promise<unknown> => {
    const finished = await cli([...args, '--json']);
    expect(finished.stderr).not.toContain('error');
    expect(finished.code).toBe(0);
    return JSON.parse(finished.stdout) as unknown;
  };

  it('a key with a description and networks is narrowed, and never widened', async () => {
    const minted = await cli([
      'mint',
      '--name',
      'to be narrowed',
      '--description',
      'for a test',
      '--from',
      '127.0.0.0/8',
      '--json',
    ]);
    const { apiKey, key } = JSON.parse(minted.stdout) as { apiKey: { id: string }; key: string };
    expect(await authenticates(key)).toBe(true);
    expect(
      await details('narrow', apiKey.id.slice(0, 8), '--name', 'narrow', '--scope', 'data:read', '--expires', 'P1D'),
    ).toMatchObject({
      apiKey: { id: apiKey.id, name: 'narrow', scopes: ['data:read'], expiresAt: expect.any(String) },
    });
    const refused = await cli(['narrow', apiKey.id, '--scope', 'data:write', '--from', '0.0.0.0/0']);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('A key can lose scopes and gain none.');
    expect(refused.stderr).toContain('Each network must lie within one');
    expect(await authenticates(key)).toBe(true);
    const elsewhere = await cli(['narrow', apiKey.id, '--from', '127.0.0.9']);
    expect(elsewhere).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('Changed "narrow"') });
    expect(await authenticates(key)).toBe(false);
  });

  it('narrow without anything to change is a mistake in the command line', async () => {
    expect((await cli(['narrow', 'some-id'])).code).toBe(2);
  });

  it('whoami with a key says which key it is, whatever its scopes let it read', async () => {
    const minted = await cli(['mint', '--name', 'acts alone', '--scope', 'actions:execute', '--json']);
    const { apiKey, key } = JSON.parse(minted.stdout) as { apiKey: { id: string }; key: string };
    const asked = await runCli(['whoami', '--json'], {
      env: { OBJECTSTACK_URL: server.url, OBJECTSTACK_API_KEY: key },
    });
    expect(JSON.parse(asked.stdout)).toMatchObject({
      credential: { type: 'key', id: apiKey.id, name: 'acts alone', scopes: ['actions:execute'], expiresAt: null },
    });
    const read = await runCli(['whoami'], { env: { OBJECTSTACK_URL: server.url, OBJECTSTACK_API_KEY: key } });
    expect(read.stdout).toMatch(/^scopes +actions:execute$/m);
  });

  it('usage shows what a key was used for', async () => {
    const { id, key } = await mint('to be used');
    expect(await details('usage', id)).toEqual({ usage: [], suggestedScopes: null });
    const unused = await cli(['usage', id]);
    expect(unused).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('Nothing is recorded') });
    const list = await fetch(`${server.url}/api/v1/data/sys_api_key`, { headers: { 'x-api-key': key } });
    expect(list.status).toBe(200);
    await expect
      .poll(async () => details('usage', id), { timeout: 20_000, interval: 1000 })
      .toMatchObject({ usage: [{ object: 'sys_api_key', operation: 'READ' }] });
    expect((await cli(['usage', id])).stdout).toMatch(/^sys_api_key +READ +\d+ +\d{4}-\d\d-\d\d$/m);
    expect((await cli(['usage', 'no-such-key'])).code).toBe(1);
  });
});

describe('an administrator', () => {
  beforeAll(async () => {
    const { data } = (await graphqlAt('{ viewer { id organizationId } }')) as {
      data: { viewer: { organizationId: string | null } };
    };
    expect(data.viewer.organizationId).not.toBeNull();
  });
  const graphqlAt = async (query: string): Promise<unknown> => {
    const response = await fetch(`${server.url}/api/v1/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    return response.json();
  };

  it('lists the keys of the organization with their owners, and ends those of a person', async () => {
    const { id, key } = await mint('of the organization');
    const found = JSON.parse((await cli(['keys', '--organization', '--json'])).stdout) as {
      id: string;
      owner: { id: string; email: string };
    }[];
    const owner = found.find((one) => one.id === id)?.owner;
    expect(owner?.email).toBe('admin@objectos.ai');
    const table = await cli(['list', '--owner', owner?.id ?? '']);
    expect(table.stdout.split('\n')[0]).toMatch(/LAST USED +OWNER$/);
    expect(await authenticates(key)).toBe(true);
    const ended = await cli(['end-keys-of', owner?.id ?? '']);
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringMatching(/Revoked \d+ keys/)]);
    expect(await authenticates(key)).toBe(false);
  });

  it('shows the rules, and changes those that are given', async () => {
    const rules = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await cli(['policy', '--json', ...args])).stdout);
    const none = { maxLifetime: null, defaultLifetime: null, revokeUnusedAfter: null };
    expect(await rules()).toEqual({ ...none, requireScopes: false, whoMayMint: 'MEMBERS' });
    const changed = { ...none, maxLifetime: 'P30D', requireScopes: true, whoMayMint: 'ADMINISTRATORS' };
    expect(
      await rules('--max-lifetime', 'P30D', '--require-scopes', 'yes', '--who-may-mint', 'administrators'),
    ).toEqual(changed);
    expect((await cli(['policy'])).stdout).toMatch(/longest life +P30D/);
    const refused = await cli(['mint', '--name', 'without scopes']);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('requires scopes')]);
    await rules('--max-lifetime', 'off', '--require-scopes', 'no', '--who-may-mint', 'members');
    expect((await cli(['policy', '--max-lifetime', 'soon'])).code).toBe(1);
  });
});
