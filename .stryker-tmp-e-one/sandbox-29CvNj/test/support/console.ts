// @ts-nocheck
import type { Browser, Page } from 'playwright-core';
import { openWindow } from './browser.ts';

/** Signs a person in to the Console, in a browser context of their own. */
export async function signInAt(browser: Browser, origin: string, email: string, password: string): Promise<Page> {
  const page = await openWindow(browser, origin);
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign In' }).click();
  // Home, or the one app that there is for a member.
  await page.waitForURL(/_console\/(?:home|apps\/.+\/view)/, { waitUntil: 'commit' });
  return page;
}
