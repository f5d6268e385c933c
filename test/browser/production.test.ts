import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, keepScreenshot, launchBrowser, openWindow } from '../support/browser.ts';
import { confirmChange, follow, takeKey } from '../support/console.ts';
import { ROOT } from '../support/markdown.ts';
import { MEMORY } from '../support/memory.ts';
import { type Served, serve } from '../support/process.ts';
import { followStep, stepsOf } from '../support/steps.ts';

const PASSWORD = 'Owner-of-2026-11-27';
const OWNER = 'owner@example.test';
const MEMBER = 'member@example.test';

describe.skipIf(CHROMIUM === undefined)('a server in production, from its start', { timeout: 240_000 }, () => {
  let folder: string;
  let server: Served;
  let browser: Browser;
  let owner: Page;
  let member: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(MEMORY, 'api-keys-production-'));
    const env = {
      NODE_ENV: 'production',
      AUTH_SECRET: 'zT5q-Vw0b7Yk2mRnX9sLgA4hJcD8eFuP',
      DATABASE_URL: `file:${join(folder, 'objectstack.db')}`,
    };
    [server, browser] = await Promise.all([
      serve('node', [`${ROOT}src/server.ts`], { cwd: folder, env }),
      launchBrowser(),
    ]);
    [owner, member] = [await openWindow(browser, server.url), await openWindow(browser, server.url)];
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const open = (page: Page, path: string) => page.goto(path, { waitUntil: 'commit' });
  const button = (page: Page, name: string) => page.getByRole('button', { name });

  /** Makes a key by the form, and closes the dialog that shows it. */
  async function make(page: Page, name: string): Promise<string> {
    await button(page, 'Create API key').click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('dialog').getByText('Read data', { exact: true }).click();
    await button(page, 'Confirm').click();
    return takeKey(page);
  }

  async function choose(row: Locator, item: string): Promise<void> {
    await row.getByRole('button', { name: 'Open menu' }).click();
    await row.page().getByRole('menuitem', { name: item }).click();
  }

  const statusOf = async (key: string): Promise<number> =>
    (await fetch(`${server.url}/api/v1/data/sys_api_key`, { headers: { 'x-api-key': key } })).status;

  const complaints = (page: Page) => page.getByText(/Object Not Found|not installed|No applications yet/).count();

  it('the steps of the README make the administrator with the token that the server printed', async () => {
    const { setUpToken = '' } = JSON.parse(
      server
        .output()
        .split('\n')
        .find((line) => line.includes('setUpToken')) ?? '{}',
    ) as { setUpToken?: string };
    const steps = await stepsOf('README.md', '### In production');
    expect(steps).toHaveLength(4);
    const known = {
      'the token': setUpToken,
      'your e-mail address': OWNER,
      'a password of 12 characters or more': PASSWORD,
    };
    for (const [n, step] of steps.entries()) {
      await followStep(owner, step, known);
      if (n === 0) await keepScreenshot(owner, 'production-set-up');
    }
    await button(owner, 'Create API key').waitFor();
    expect(await complaints(owner)).toBe(0);
  });

  it('takes a member in by the link of an invitation', async () => {
    await follow(owner, '/_console/apps/setup/sys_invitation');
    await button(owner, 'Invite User').click();
    await owner.getByLabel('Email').fill(MEMBER);
    await button(owner, 'Confirm').click();
    await owner.getByRole('row', { name: MEMBER }).click();
    const id = (await owner.getByText(/^[A-Za-z0-9]{32}$/).textContent())?.trim();
    await keepScreenshot(owner, 'production-invitation');
    await follow(owner, '/_console/apps/api_keys/sys_api_key/view/mine');
    await open(member, `/_console/accept-invitation/${id}`);
    await member.getByRole('link', { name: 'Sign up' }).click();
    await member.getByLabel('Name').fill('Member');
    await member.getByLabel('Email').fill(MEMBER);
    for (const field of await member.getByLabel(/password/i).all()) {
      if ((await field.getAttribute('type')) === 'password') await field.fill(PASSWORD);
    }
    await keepScreenshot(member, 'production-sign-up');
    await member.locator('button[type=submit]').click();
    await button(member, 'Accept').first().click();
    await member.waitForURL(/_console\/(?:home|apps)/, { waitUntil: 'commit' });
    await open(member, '/');
    await button(member, 'Create API key').waitFor();
    expect(await complaints(member)).toBe(0);
    await keepScreenshot(member, 'production-member');
  });

  it.each(['member', 'owner'])('lets the %s create, rotate, revoke and restore a key', async (who) => {
    const page = who === 'member' ? member : owner;
    const first = await make(page, `Of the ${who}`);
    expect(await statusOf(first)).toBe(200);
    // A row is found by what only this key has: the old and the new key have one name.
    const rowOf = (key: string) => page.getByRole('row', { name: key.slice(0, 12) });
    await choose(rowOf(first), 'Rotate API key');
    await button(page, 'Confirm').click();
    const second = await takeKey(page);
    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);

    await choose(rowOf(second), 'Revoke API Key');
    await confirmChange(page);
    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 401]);
    await rowOf(second).getByRole('checkbox', { checked: true }).waitFor();

    await choose(rowOf(second), 'Restore API Key');
    await confirmChange(page);
    expect(await statusOf(second)).toBe(200);
    expect(await complaints(page)).toBe(0);
    await keepScreenshot(page, `production-${who}-done`);
  });

  it('shows the key of the member to the owner, who revokes it for good', async () => {
    await owner.getByRole('link', { name: 'Keys of the organization' }).click();
    await owner.getByRole('heading', { name: 'Keys of the organization' }).waitFor();
    const row = owner.getByRole('row', { name: 'Of the member' }).first();
    await choose(row, 'Revoke API Key');
    await confirmChange(owner);
    await row.getByRole('checkbox', { checked: true }).waitFor();
    await row.getByRole('button', { name: 'Open menu' }).click();
    expect((await owner.getByRole('menuitem').allTextContents()).map((item) => item.trim())).toEqual([
      'Revoke all keys of this person',
    ]);
    await keepScreenshot(owner, 'production-organization-keys');
    expect(await member.getByRole('link', { name: 'Keys of the organization' }).count()).toBe(0);
  });
});
