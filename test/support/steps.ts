import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { ROOT } from './markdown.ts';

/** The numbered steps below a heading of a document, each on one line. */
export async function stepsOf(document: string, heading: string): Promise<string[]> {
  const [, after = ''] = (await readFile(`${ROOT}${document}`, 'utf8')).split(`${heading}\n`);
  const section = after.split(/\n##+ /)[0] ?? '';
  return [...section.matchAll(/^\d+\. (.+(?:\n {3}.+)*)$/gm)].map(([, step = '']) => step.replaceAll(/\n {3}/g, ' '));
}

/** What a person knows and a document cannot: `the token`, `your e-mail address`, … */
export type Known = Readonly<Record<string, string>>;

type Act = (page: Page, known: Known, ...words: string[]) => Promise<unknown>;

async function signIn(page: Page, email = '', password = ''): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign In' }).click();
}

/** What a document may tell a person to do in the browser. */
const DOING: readonly [pattern: RegExp, act: Act][] = [
  [/Open <http:\/\/localhost:3000([^>]*)>/, (page, _, path = '') => page.goto(path || '/')],
  [/sign in as `([^`]+)` with the password `([^`]+)`/, (page, _, ...words) => signIn(page, ...words)],
  [
    /and sign in\./,
    (page, known) => signIn(page, known['your e-mail address'], known['a password of 12 characters or more']),
  ],
  [/[Ww]rite `([^`]+)` into \*([^*]+)\*/, (page, _, text = '', field = '') => page.getByLabel(field).fill(text)],
  [
    /[Ww]rite (the token|your e-mail address|a password of 12 characters or more) into \*([^*]+)\*/,
    (page, known, text = '', field = '') => page.getByLabel(field).fill(known[text] ?? ''),
  ],
  [/(?:[Cc]lick|choose) \*([^*]+)\*/, (page, _, name = '') => page.getByText(name, { exact: true }).last().click()],
];

/** Does what a step says, in the order in which it says it. */
export async function followStep(page: Page, step: string, known: Known = {}): Promise<void> {
  const found = DOING.flatMap(([pattern, act]) =>
    [...step.matchAll(new RegExp(pattern, 'g'))].map((match) => ({ index: match.index, act, words: match.slice(1) })),
  );
  expect(found, step).not.toEqual([]);
  for (const { act, words } of found.sort((a, b) => a.index - b.index)) await act(page, known, ...words);
}
