import type { Browser, Locator, Page } from 'playwright-core';
import { openWindow } from './browser.ts';

/**
 * A window of a person who is signed in, on a page of the Console. The form is left to the tests that are about it: the
 * Console is loaded once and not three times, and each load takes five seconds of a core.
 */
export async function signedInAt(
  browser: Browser,
  origin: string,
  { email, password }: { readonly email: string; readonly password: string },
  path: string,
): Promise<Page> {
  const page = await openWindow(browser, origin);
  // The window has the cookies of what its context requests.
  const answer = await page.context().request.post('/api/v1/auth/sign-in/email', {
    data: { email, password },
    headers: { origin },
  });
  if (!answer.ok()) throw new Error(`cannot sign in as ${email}: ${answer.status()} ${await answer.text()}`);
  await page.goto(path, { waitUntil: 'commit' });
  return page;
}

/** Follows a link inside the Console, as a click on one does: nothing is loaded again. */
export async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  }, path);
}

/** A whole key. */
export const KEY = /osk_[A-Za-z0-9_-]{43}/;

/** Reads the key in the dialog that shows it once, masked at first, and closes the dialog by its button. */
export async function takeKey(page: Page, whileMasked?: (dialog: Locator) => Promise<void>): Promise<string> {
  const dialog = page.getByRole('dialog', { name: /key/i });
  await dialog.getByText(/^•+$/).waitFor();
  await whileMasked?.(dialog);
  await dialog.getByRole('button').filter({ hasText: /^$/ }).nth(1).click();
  const key = (await dialog.getByText(KEY).textContent()) ?? '';
  await dialog.getByRole('button', { name: 'I have saved the key' }).click();
  await dialog.waitFor({ state: 'hidden' });
  return key.trim();
}

/** Confirms that a key is to be revoked or restored, and waits until the server has done it. */
export async function confirmChange(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.getByRole('alertdialog').getByRole('button').last().click();
  const answer = await answered;
  if (!answer.ok()) throw new Error(`the change was refused: ${answer.status()} ${await answer.text()}`);
}
