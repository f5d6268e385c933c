// @ts-nocheck
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, keepScreenshot, launchBrowser, openWindow } from '../support/browser.ts';
import { bootKernel, DEV_ADMIN, type TestKernel } from '../support/kernel.ts';
import { ROOT } from '../support/markdown.ts';
import { freePort } from '../support/port.ts';

/** What the README tells a person to do, in order. */
const DOING: readonly [pattern: RegExp, act: (page: Page, ...words: string[]) => Promise<unknown>][] = [
  [/Open <http:\/\/localhost:3000([^>]*)>/, (page, path = '/') => page.goto(path)],
  [
    /sign in as `([^`]+)` with the password `([^`]+)`/,
    async (page, email = '', password = '') => {
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign In' }).click();
    },
  ],
  [/Write `([^`]+)` into \*([^*]+)\*/, (page, text = '', field = '') => page.getByLabel(field).fill(text)],
  [/(?:[Cc]lick|choose) \*([^*]+)\*/, (page, name = '') => page.getByText(name, { exact: true }).last().click()],
];

/** Does what a step says, in the order in which it says it. */
async function follow(page: Page, step: string): Promise<void> {
  const found = DOING.flatMap(([pattern, act]) =>
    [...step.matchAll(new RegExp(pattern, 'g'))].map((match) => ({ index: match.index, act, words: match.slice(1) })),
  );
  expect(found, step).not.toEqual([]);
  for (const { act, words } of found.sort((a, b) => a.index - b.index)) await act(page, ...words);
}

describe.skipIf(CHROMIUM === undefined)('in the browser', { timeout: 90_000 }, () => {
  let target: TestKernel;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const port = await freePort();
    const baseURL = `http://localhost:${port}`;
    target = await bootKernel({ config: { port, baseUrl: baseURL } });
    browser = await launchBrowser();
    page = await openWindow(browser, baseURL);
  });
  afterAll(async () => {
    await browser?.close();
    await target?.[Symbol.asyncDispose]();
  });

  it('GraphiQL shows that you are not signed in, and where to sign in', async () => {
    await page.goto('/api/v1/graphql');
    const link = page.getByRole('status').getByRole('link', { name: 'Sign in' });
    await link.waitFor();
    await keepScreenshot(page, 'graphiql-nobody');
    const [signIn] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await signIn.getByLabel('Email').waitFor();
    await signIn.close();
    await page.bringToFront();
  });

  it('the steps of the README make a key when each is followed as it is written', async () => {
    const readme = await readFile(`${ROOT}README.md`, 'utf8');
    const section = /### In the browser\n([\s\S]*?)\n###? /.exec(readme)?.[1] ?? '';
    const steps = [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, step = '']) => step);
    expect(steps.length).toBeGreaterThan(3);
    for (const step of steps) await follow(page, step);
    await expect
      .poll(() => target.storedKeys())
      .toEqual([expect.objectContaining({ name: 'My first key', scopes: '["data:read"]' })]);
    await page.getByText('My first key').first().waitFor();
  });

  it('GraphiQL shows who is signed in', async () => {
    await page.goto('/api/v1/graphql');
    await page.getByText(`Signed in as ${DEV_ADMIN.email}`).waitFor();
    await keepScreenshot(page, 'graphiql-signed-in');
  });
});
