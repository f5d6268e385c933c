// @ts-nocheck
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, keepScreenshot, launchBrowser } from '../support/browser.ts';
import { bootKernel, DEV_ADMIN, NO_LIMITS, type Person, type TestKernel } from '../support/kernel.ts';
import { ROOT } from '../support/markdown.ts';
import { freePort } from '../support/port.ts';
import { type BuiltPage, serveBuilt } from '../support/web-page.ts';

const PASSWORD = 'Member-of-2026-11';
const KEY = /osk_[A-Za-z0-9_-]{43}/;

it('examples/web is well typed', async () => {
  await promisify(execFile)(`${ROOT}node_modules/.bin/tsc`, ['-p', 'test/browser/tsconfig.web.json'], { cwd: ROOT });
});

describe.skipIf(CHROMIUM === undefined)('examples/web, on an origin of its own', { timeout: 120_000 }, () => {
  let target: TestKernel;
  let web: BuiltPage;
  let folder: string;
  let browser: Browser;
  let page: Page;
  let member: Person;

  beforeAll(async () => {
    const [port, webPort] = [await freePort(), await freePort()];
    folder = await mkdtemp(join(tmpdir(), 'api-keys-web-'));
    const baseUrl = `http://localhost:${port}`;
    [target, web, browser] = await Promise.all([
      bootKernel({
        config: {
          port,
          baseUrl,
          trustedOrigins: [`http://localhost:${webPort}`],
          keyLimits: { ...NO_LIMITS, maxActiveKeys: '25' },
        },
      }),
      serveBuilt(`${ROOT}examples/web`, folder, webPort, baseUrl),
      launchBrowser(),
    ]);
    const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    member = await target.newPerson({ organizationId: admin.organizationId ?? null, password: PASSWORD });
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(web.url);
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await target?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  const rowsNamed = async (name: string) => (await target.storedKeys()).filter((stored) => stored['name'] === name);

  /** The secret of the next response, read here and not in the page: reading it there would leave traces of it. */
  async function secretOf(operation: 'createApiKey' | 'rotateApiKey', act: () => Promise<unknown>): Promise<string> {
    const answered = page.waitForResponse(
      async (response) =>
        response.url().endsWith('/graphql') && (response.request().postData() ?? '').includes(`${operation}(`),
    );
    await act();
    const { data } = (await (await answered).json()) as { data: Record<string, { key: string }> };
    return data[operation]?.key ?? '';
  }

  /** Everything that the page holds in memory, as text. */
  async function heap(): Promise<string> {
    const session = await page.context().newCDPSession(page);
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot', {});
    await session.detach();
    return chunks.join('');
  }

  const stored = (): Promise<string> =>
    page.evaluate(async () =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), document.cookie]),
    );

  it('says at the form that the password is wrong, and signs in with the right one', async () => {
    await page.getByLabel('E-mail address').fill(member.email);
    await page.getByLabel('Password').fill('wrong');
    await button('Sign in').click();
    await page
      .getByRole('alert')
      .getByText(/invalid email or password/i)
      .waitFor();
    await page.getByLabel('E-mail address').fill(member.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await button('Sign in').click();
    await page.getByText(member.email).waitFor();
    await page.getByText('No keys here.').waitFor();
    await keepScreenshot(page, 'web-signed-in');
  });

  it('shows each refusal at its field, and what was filled in stays', async () => {
    await button('Create key').click();
    await button('Create').click();
    const at = (label: string) => page.locator('form > *').filter({ hasText: label }).getByRole('alert');
    await at('Name').getByText('The name must not be empty').waitFor();
    await page.getByLabel('Name').fill('Nightly export');
    await page.getByLabel('Only from these networks').fill('crm.example.com');
    await page.getByLabel('data:read').uncheck();
    await button('Create').click();
    await at('May do').getByText('Give at least one scope').waitFor();
    await at('Only from these networks').getByText('A network must be').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Nightly export');
    await keepScreenshot(page, 'web-refused');
    expect(await target.storedKeys()).toEqual([]);
  });

  it('creates a key, shows it once, and forgets it with the dialog: no store, no cache and no heap has it', async () => {
    await page.getByLabel('Only from these networks').fill('');
    await page.getByLabel('data:read').check();
    const key = await secretOf('createApiKey', () => button('Create').click());
    expect(key).toMatch(KEY);
    await button('Show').click();
    await keepScreenshot(page, 'web-secret');
    expect((await heap()).includes(key)).toBe(true);
    expect(await stored()).not.toContain(key);

    await button('I have saved the key').click();
    await row('Nightly export').waitFor();
    const after = await heap();
    // What it shows is found in it, and the secret is not.
    expect({ name: after.includes('Nightly export'), key: after.includes(key) }).toEqual({ name: true, key: false });
    expect(await stored()).not.toContain(key);
    const [made] = await rowsNamed('Nightly export');
    expect(made).toMatchObject({ user_id: member.id, scopes: '["data:read"]' });
    expect(Math.round((Date.parse(String(made?.['expires_at'])) - Date.now()) / 86_400_000)).toBe(90);
    expect((await target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': key } })).status).toBe(200);
  });

  it('shows a key on request, as it is', async () => {
    await button('Create key').click();
    await page.getByLabel('Name').fill('Shown');
    const key = await secretOf('createApiKey', () => button('Create').click());
    const shown = page.getByTestId('secret');
    expect(await shown.textContent()).toBe('•'.repeat(20));
    await button('Show').click();
    expect(await shown.textContent()).toBe(key);
    await page.keyboard.press('Escape');
    expect(await shown.textContent()).toBe(key);
    await button('I have saved the key').click();
    expect(await shown.count()).toBe(0);
  });

  it('rotates, revokes and restores; what works for a key is all that is offered', async () => {
    const old = row('Shown');
    const key = await secretOf('rotateApiKey', () => old.getByRole('button', { name: 'Rotate' }).click());
    expect((await target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': key } })).status).toBe(200);
    await button('I have saved the key').click();
    await expect.poll(() => old.count()).toBe(2);
    expect((await heap()).includes(key)).toBe(false);

    const nightly = row('Nightly export');
    await nightly.getByRole('button', { name: 'Revoke' }).click();
    await nightly.getByText('revoked').waitFor();
    expect((await rowsNamed('Nightly export'))[0]).toMatchObject({ revoked: true });
    expect(await nightly.getByRole('button').allTextContents()).toEqual(['Restore']);
    await nightly.getByRole('button', { name: 'Restore' }).click();
    await nightly.getByText('active').waitFor();
    expect((await rowsNamed('Nightly export'))[0]).toMatchObject({ revoked: false });
  });

  it('narrows a key to reading, which cannot be taken back', async () => {
    await button('Create key').click();
    await page.getByLabel('Name').fill('Too wide');
    await page.getByLabel('data:write').check();
    const key = await secretOf('createApiKey', () => button('Create').click());
    await button('I have saved the key').click();
    const wide = row('Too wide');
    await wide.getByRole('button', { name: 'Only read' }).click();
    await wide.getByRole('cell', { name: 'data:read', exact: true }).waitFor();
    expect(await wide.getByRole('button', { name: 'Only read' }).count()).toBe(0);
    expect((await rowsNamed('Too wide'))[0]).toMatchObject({ scopes: '["data:read"]' });
    expect((await target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': key } })).status).toBe(200);
  });

  it('lists page by page, and by name and status', async () => {
    for (let n = 0; n < 21; n += 1) {
      const body = JSON.stringify({ name: `Many ${n}` });
      const headers = { authorization: `Bearer ${member.token}`, 'content-type': 'application/json' };
      expect((await target.request('/api/v1/keys', { method: 'POST', headers, body })).status).toBe(201);
    }
    await page.reload();
    await row('Many 20').waitFor();
    expect(await page.getByRole('row').count()).toBe(21);
    await button('More').click();
    await expect.poll(() => page.getByRole('row').count()).toBe(26);
    expect(await button('More').count()).toBe(0);
    await keepScreenshot(page, 'web-list');
    await page.getByLabel('Search').fill('nightly');
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.getByLabel('Status').selectOption('revoked');
    await page.getByText('No keys here.').waitFor();
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Status').selectOption('all');
  });

  it('lists what expires soon, and what nobody uses', async () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    await target.sql('UPDATE sys_api_key SET expires_at = ? WHERE name = ?', [inDays(5), 'Many 3']);
    await target.sql('UPDATE sys_api_key SET created_at = ?, last_used_at = ? WHERE name = ?', [
      inDays(-200),
      inDays(-100),
      'Many 4',
    ]);
    await page.getByLabel('Attention').selectOption('expires within 14 days');
    await row('Many 3').waitFor();
    // And the key that was rotated, which works for an hour more.
    await expect.poll(() => page.getByRole('row').count()).toBe(3);
    expect(await row('Shown').count()).toBe(1);
    await page.getByLabel('Attention').selectOption('not used for 90 days');
    await row('Many 4').waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.getByLabel('Attention').selectOption('any');
  });

  it('says what the cap is when it is reached, and a row says why a change of it was refused', async () => {
    await button('Create key').click();
    await page.getByLabel('Name').fill('One too many');
    await button('Create').click();
    await page.getByRole('alert').getByText('which is the limit. Revoke one').waitFor();
    await button('Cancel').click();
    expect(await rowsNamed('One too many')).toEqual([]);
    const [many] = await rowsNamed('Many 20');
    await target.engine.update('sys_api_key', { id: many?.['id'], revoked: true }, { context: { isSystem: true } });
    await row('Many 20').getByRole('button', { name: 'Rotate' }).click();
    await row('Many 20').getByText('so it cannot be rotated').waitFor();
  });

  it('is signed out at the server as well', async () => {
    await button('Sign out').click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
