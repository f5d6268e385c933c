// @ts-nocheck
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launchBrowser } from '../support/browser.ts';
import { bootKernel, type TestKernel } from '../support/kernel.ts';

describe.skipIf(CHROMIUM === undefined)('GraphiQL in a browser', () => {
  let target: TestKernel;
  let browser: Browser;
  beforeAll(async () => {
    [target, browser] = await Promise.all([bootKernel(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await target[Symbol.asyncDispose]();
  });

  it('works under its content security policy, and an injected script does not run', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(`${target.url}/api/v1/graphql`);
    await page.getByText('CreateApiKey').first().waitFor();
    expect(complaints).toEqual([]);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.name = "it ran"';
      document.body.append(script);
    });
    expect(await page.evaluate(() => window.name)).toBe('');
    expect(complaints).toHaveLength(1);
  });
});
