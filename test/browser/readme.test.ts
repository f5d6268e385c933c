import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, keepScreenshot, launchBrowser, openWindow } from '../support/browser.ts';
import { bootKernel, DEV_ADMIN, type TestKernel } from '../support/kernel.ts';
import { freePort } from '../support/port.ts';
import { followStep, stepsOf } from '../support/steps.ts';

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
    const steps = await stepsOf('README.md', '### In the browser');
    expect(steps.length).toBeGreaterThan(3);
    for (const step of steps) await followStep(page, step);
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
