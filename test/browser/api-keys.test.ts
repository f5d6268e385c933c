import type { Plugin, PluginContext } from '@objectstack/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, keepScreenshot, launchBrowser } from '../support/browser.ts';
import { confirmChange, follow, KEY, signedInAt, takeKey } from '../support/console.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestEngine, type TestKernel } from '../support/kernel.ts';
import { freePort } from '../support/port.ts';

const DAY = 86_400_000;
const PASSWORD = 'Member-of-2026-11';
const SYSTEM = { isSystem: true };
const CONSOLE = '/_console/apps';
const DEAD_END = /Object Not Found|No applications yet|not installed/;
const ORGANIZATION_KEYS = 'Keys of the organization';
const REVOKE_ALL = 'Revoke all keys of this person';
/** Lists that are opened by their tabs, as these are called. */
const LISTS: Record<string, RegExp> = {
  mine: /^My keys/i,
  expiring: /^Expiring soon/i,
  unused: /^Not used for 90 days/i,
  never_used: /^Never used/i,
  revoked: /^Revoked/i,
};

/** A permission set that no member holds, there before the server listens. */
const withPermissionSet: Plugin = {
  name: 'test.permission-set',
  version: '1.0.0',
  init(context: PluginContext): void {
    context.hook('kernel:ready', async () => {
      await context
        .getService<TestEngine>('objectql')
        .insert(
          'sys_permission_set',
          { id: 'ps_clerk', name: 'clerk', label: 'Clerk', active: true },
          { context: SYSTEM },
        );
    });
  },
};

let target: TestKernel;
let origin: string;
let browser: Browser;
let admin: Person;
let member: Person;
const pages: Record<string, Page> = {};

// A quiet machine takes a few seconds for each; one that runs other tests beside them takes many.
describe.skipIf(CHROMIUM === undefined)('API keys in the objectui Console', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    const port = await freePort();
    origin = `http://localhost:${port}`;
    target = await bootKernel({ config: { port, baseUrl: origin }, plugins: [withPermissionSet] });
    [browser, admin] = await Promise.all([launchBrowser(), target.signIn(DEV_ADMIN.email, DEV_ADMIN.password)]);
    member = await target.newPerson({ organizationId: admin.organizationId ?? null, password: PASSWORD });
    // Where nothing says what to open: the first test looks at what does.
    pages['member'] = await signedInAt(browser, origin, { email: member.email, password: PASSWORD }, '/');
    pages['administrator'] = await signedInAt(browser, origin, DEV_ADMIN, `${CONSOLE}/api_keys/sys_api_key/view/mine`);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await target?.[Symbol.asyncDispose]();
  });

  const pageOf = (who: string): Page => pages[who] as Page;
  const rowsNamed = async (name: string) => (await target.storedKeys()).filter((row) => row['name'] === name);
  const statusOf = async (key: string): Promise<number> =>
    (await target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': key } })).status;

  /** Opens a list of keys in the app that everybody has: by its tab, where the page has one. */
  async function openList(page: Page, view = 'mine'): Promise<void> {
    const there = new RegExp(`/api_keys/sys_api_key/view/${view}$`);
    if (there.test(page.url())) return;
    const name = LISTS[view];
    if (name !== undefined && page.url().includes('/api_keys/sys_api_key/view/')) {
      const tab = page.getByRole('tab', { name }).or(page.getByRole('menuitem', { name }));
      if (!(await tab.isVisible())) await page.getByText(/^\d+ more$/).click();
      await tab.click();
      await page.waitForURL(there);
    } else {
      await follow(page, `${CONSOLE}/api_keys/sys_api_key/view/${view}`);
    }
    await page.getByRole('button', { name: 'Create API key' }).waitFor();
  }

  async function fill(page: Page, name: string, scopes: readonly string[], expires?: string): Promise<void> {
    await page.getByRole('button', { name: 'Create API key' }).click();
    await page.getByLabel('Name').fill(name);
    for (const scope of scopes) await page.getByRole('dialog').getByText(scope, { exact: true }).click();
    if (expires === undefined) return;
    await page.locator('#expires_in').click();
    await page.getByRole('option', { name: expires }).click();
  }

  /** The secret in the dialog that shows it, which is nowhere on the page before and after. */
  async function takeSecret(page: Page, shot: string): Promise<string> {
    const key = await takeKey(page, async (dialog) => {
      expect(await dialog.textContent()).not.toMatch(KEY);
      await keepScreenshot(page, shot);
    });
    expect(await page.content()).not.toContain(key);
    return key;
  }

  async function rowMenu(page: Page, row: string): Promise<string[]> {
    await page.getByRole('row', { name: row }).first().getByRole('button').last().click();
    const items = await page.getByRole('menuitem').allTextContents();
    return items.map((item) => item.trim());
  }

  it('a member finds their keys on the first page', async () => {
    const page = pageOf('member');
    await page.getByRole('button', { name: 'Create API key' }).waitFor();
    expect(page.url()).toMatch(/\/api_keys\/sys_api_key/);
    expect(await page.getByText(DEAD_END).count()).toBe(0);
    await keepScreenshot(page, 'home-member');
  });

  it.each([
    ['member', 'Read data', ['data:read'], undefined, 90],
    ['member', 'Everything that I may do', [], 'Never', undefined],
    ['administrator', 'Read and write data', ['data:write'], 'In 30 days', 30],
    ['administrator', 'As "Clerk"', undefined, 'In 365 days', 365],
  ] as const)('a form makes a key for the %s: %s', async (who, choice, scopes, expires, days) => {
    const page = pageOf(who);
    const name = `${who}: ${choice}`;
    await openList(page);
    await fill(page, name, [choice], expires);
    await keepScreenshot(page, `create-${who}`);
    await page.getByRole('button', { name: 'Confirm' }).click();
    if (scopes === undefined) {
      // Nobody holds it: what is seen of a refusal is a sentence.
      await page.getByText('You do not hold the scope "clerk"').waitFor();
      await keepScreenshot(page, `refused-${who}`);
      expect(await rowsNamed(name)).toEqual([]);
      return;
    }
    const key = await takeSecret(page, `created-${who}`);
    expect(await statusOf(key)).toBe(200);
    const [row] = await rowsNamed(name);
    expect(JSON.parse(String(row?.['scopes'] ?? '[]'))).toEqual(scopes);
    const life = row?.['expires_at'] ? new Date(String(row['expires_at'])).getTime() - Date.now() : undefined;
    expect(life === undefined ? undefined : Math.round(life / DAY)).toBe(days);
    await page.getByText(name).first().waitFor();
  });

  it('the key expires on the chosen date, and a form without a date gets an error', async () => {
    const page = pageOf('member');
    await openList(page);
    await fill(page, 'On a date', ['Run actions'], 'On the date below');
    await page.getByLabel('Date').fill('2031-01-01T12:00');
    await page.getByLabel('Networks').fill('203.0.113.0/24, 2001:db8::/32');
    await page.getByLabel('Description').fill('Exports of the night');
    await keepScreenshot(page, 'create-everything');
    await page.getByRole('button', { name: 'Confirm' }).click();
    // What it is limited to holds: this test is in neither network.
    expect(await statusOf(await takeSecret(page, 'created-with-date'))).toBe(401);
    const { id } = (await rowsNamed('On a date'))[0] ?? {};
    expect(await target.sql('SELECT description, allowed_networks FROM sys_api_key_detail WHERE id = ?', [id])).toEqual(
      [{ description: 'Exports of the night', allowed_networks: '["203.0.113.0/24","2001:db8::/32"]' }],
    );
    expect(new Date(String((await rowsNamed('On a date'))[0]?.['expires_at'])).toISOString()).toMatch(/^2031-01-01T/);

    await fill(page, 'On no date', ['Run actions'], 'On the date below');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Enter the date on which the key expires.').waitFor();
    expect(await rowsNamed('On no date')).toEqual([]);
  });

  it.each(['member', 'administrator'])('the %s rotates, revokes and restores where it makes sense', async (who) => {
    const page = pageOf(who);
    const name = who === 'member' ? 'member: Read data' : 'administrator: Read and write data';
    await openList(page);
    expect(await rowMenu(page, name)).toEqual(expect.arrayContaining(['Revoke API Key', 'Rotate API key']));
    expect(await page.getByRole('menuitem', { name: 'Restore API Key' }).count()).toBe(0);
    await keepScreenshot(page, `row-${who}`);
    await page.getByRole('menuitem', { name: 'Rotate API key' }).click();
    await page.getByRole('dialog').getByText('The old key keeps working for').waitFor();
    await keepScreenshot(page, `rotate-${who}`);
    await page.getByRole('button', { name: 'Confirm' }).click();
    expect(await statusOf(await takeSecret(page, `rotated-${who}`))).toBe(200);
    expect(await rowsNamed(name)).toHaveLength(2);

    await rowMenu(page, name);
    await page.getByRole('menuitem', { name: 'Revoke API Key' }).click();
    await confirmChange(page);
    expect((await rowsNamed(name)).filter((row) => row['revoked'])).toHaveLength(1);

    await openList(page, 'revoked');
    const menu = await rowMenu(page, name);
    expect(menu).toContain('Restore API Key');
    expect(menu).not.toContain('Rotate API key');
    expect(menu).not.toContain('Revoke API Key');
    await keepScreenshot(page, `revoked-${who}`);
    await page.getByRole('menuitem', { name: 'Restore API Key' }).click();
    await confirmChange(page);
    expect((await rowsNamed(name)).filter((row) => row['revoked'])).toHaveLength(0);
  });

  it('the record page rotates a key that is in use, and offers nothing for one that is not', async () => {
    const page = pageOf('member');
    const [row] = await rowsNamed('On a date');
    const rotate = page.getByRole('button', { name: 'Rotate API key' });
    const record = `${CONSOLE}/api_keys/sys_api_key/record/${row?.['id']}`;
    await follow(page, record);
    await rotate.waitFor();
    await keepScreenshot(page, 'record');
    // The Console keeps a record that it has read: the page is loaded again.
    const openAgain = async () => {
      await page.reload({ waitUntil: 'commit' });
      await page.getByRole('button', { name: 'Edit' }).first().waitFor();
    };
    await target.engine.update('sys_api_key', { id: row?.['id'], revoked: true }, { context: SYSTEM });
    await openAgain();
    expect(await rotate.count()).toBe(0);
    await target.engine.update('sys_api_key', { id: row?.['id'], revoked: false }, { context: SYSTEM });
    await target.sql('UPDATE sys_api_key SET expires_at = ? WHERE id = ?', ['2026-01-01T00:00:00.000Z', row?.['id']]);
    await openAgain();
    expect(await rotate.count()).toBe(0);
  });

  it('the lists show what their names say, to each person what they may see', async () => {
    const long = new Date(Date.now() - 100 * DAY).toISOString();
    await target.sql('UPDATE sys_api_key SET created_at = ?, last_used_at = ? WHERE name = ?', [
      long,
      long,
      'member: Everything that I may do',
    ]);
    await target.sql('UPDATE sys_api_key SET expires_at = ?, last_used_at = ? WHERE name = ?', [
      new Date(Date.now() + 5 * DAY).toISOString(),
      new Date().toISOString(),
      'member: Read data',
    ]);
    const seen = async (who: string, view: string): Promise<string[]> => {
      const page = pageOf(who);
      await openList(page, view);
      await page.getByText(/^\d+ records?$|^No keys here$/).waitFor();
      await keepScreenshot(page, `view-${view}-${who}`);
      const rows = await page.getByRole('row').allTextContents();
      return [
        ...new Set(rows.flatMap((row) => /(?:member|administrator): [A-Z]\w+|On a date/.exec(row)?.[0] ?? [])),
      ].sort();
    };
    expect(await seen('member', 'expiring')).toEqual(['member: Read']);
    expect(await seen('member', 'never_used')).toEqual(['On a date']);
    expect(await seen('member', 'unused')).toEqual(['member: Everything']);
    expect(await seen('administrator', 'mine')).toEqual(['administrator: Read']);
    // Every list is of one's own keys: the tabs are the same for everybody.
    await openList(pageOf('member'));
    await pageOf('member')
      .getByText(/^\d+ more$/)
      .click();
    expect(
      await pageOf('member')
        .getByText(/All keys|of the organization/i)
        .count(),
    ).toBe(0);
    await pageOf('member').keyboard.press('Escape');
  });

  it('a page for administrators has the keys of everybody, and a member finds none but their own there', async () => {
    const page = pageOf('administrator');
    await page.getByRole('link', { name: ORGANIZATION_KEYS }).click();
    await page.getByRole('heading', { name: ORGANIZATION_KEYS }).waitFor();
    await page.getByRole('row', { name: 'member: Everything that I may do' }).waitFor();
    await keepScreenshot(page, 'organization-keys-administrator');
    expect(await page.getByRole('row').allTextContents()).toEqual(
      expect.arrayContaining(
        ['On a date', 'administrator: Read and write data', 'member: Read data'].map((name) =>
          expect.stringContaining(name),
        ),
      ),
    );
    // The key of somebody else: it can be ended, and cannot be rotated.
    expect((await rowMenu(page, 'member: Read data')).sort()).toEqual(['Revoke API Key', REVOKE_ALL]);
    await page.getByRole('menuitem', { name: 'Revoke API Key' }).click();
    await confirmChange(page);
    expect((await rowsNamed('member: Read data')).filter((row) => row['revoked'])).toHaveLength(1);
    const row = page.getByRole('row', { name: 'member: Read data' }).first();
    await row.getByRole('checkbox', { checked: true }).waitFor();
    // Only its owner may restore it.
    expect(await rowMenu(page, 'member: Read data')).toEqual([REVOKE_ALL]);
    await page.keyboard.press('Escape');

    await follow(pageOf('member'), `${CONSOLE}/api_keys/page/api_keys_of_the_organization`);
    await pageOf('member').getByRole('row', { name: 'member: Everything that I may do' }).waitFor();
    expect(await pageOf('member').getByRole('row', { name: 'administrator:' }).count()).toBe(0);
    expect(await pageOf('member').getByRole('link', { name: ORGANIZATION_KEYS }).count()).toBe(0);
  });

  it.each([
    ['member', 'account', ['API Keys', 'Connect an Agent', 'Integrations & APIs']],
    ['administrator', 'setup', [ORGANIZATION_KEYS, 'Connect an Agent', 'Integrations & APIs']],
    ['member', 'api_keys', ['My keys', 'Connect an Agent', 'Integrations & APIs']],
  ] as const)('the menu of the %s in %s leads everywhere, without a dead end', async (who, app, entries) => {
    const page = pageOf(who);
    await follow(page, `${CONSOLE}/${app}`);
    const group = page.getByText(app === 'account' ? 'Developer' : 'Integrations', { exact: true });
    const link = (name: string) => page.getByRole('link', { name, exact: true }).first();
    for (const entry of entries) {
      await page.getByRole('link').first().waitFor();
      if (app !== 'api_keys') await group.waitFor();
      if (app !== 'api_keys' && !(await link(entry).isVisible())) await group.click();
      await link(entry).click();
      const there = {
        'Connect an Agent': page.getByText(`${origin}/api/v1/mcp`, { exact: true }).first(),
        'Integrations & APIs': page.getByPlaceholder('Key name (e.g. Claude desktop)'),
        [ORGANIZATION_KEYS]: page.getByRole('heading', { name: ORGANIZATION_KEYS }),
      }[entry as string];
      await (there ?? page.getByRole('button', { name: 'Create API key' })).waitFor();
      expect(await page.getByText(DEAD_END).count()).toBe(0);
    }
    await keepScreenshot(page, `menu-${app}-${who}`);
  });

  it('an owner of the organization revokes all keys of a member, and sets the rules', async () => {
    const organizationId = admin.organizationId ?? null;
    const [owner, worker] = [
      await target.newPerson({ organizationId, role: 'owner', password: PASSWORD }),
      await target.newPerson({ organizationId }),
    ];
    const mint = async (name: string, { token }: Person): Promise<string> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const answer = await target.request('/api/v1/keys', { method: 'POST', headers, body: JSON.stringify({ name }) });
      return ((await answer.json()) as { key: string }).key;
    };
    const keys = [await mint('of a worker: one', worker), await mint('of a worker: two', worker)];
    const own = await mint('of an owner', owner);
    const page = await signedInAt(browser, origin, { email: owner.email, password: PASSWORD }, `${CONSOLE}/api_keys`);
    await page.getByRole('link', { name: ORGANIZATION_KEYS, exact: true }).click();

    expect(await rowMenu(page, 'of a worker: one')).toEqual(expect.arrayContaining(['Revoke API Key', REVOKE_ALL]));
    expect(await page.getByRole('menuitem', { name: /^(?:Rotate|Restore)/ }).count()).toBe(0);
    await keepScreenshot(page, 'owner-row');
    await page.getByRole('menuitem', { name: 'Revoke API Key' }).click();
    await confirmChange(page);
    expect(await Promise.all([...keys, own].map(statusOf))).toEqual([401, 200, 200]);

    await rowMenu(page, 'of a worker: two');
    await page.getByRole('menuitem', { name: REVOKE_ALL }).click();
    const revoked = page.waitForResponse((response) => response.url().endsWith('/owner/revoke'));
    await page.getByRole('alertdialog').getByRole('button').last().click();
    expect(await (await revoked).json()).toEqual({ revoked: 1 });
    expect(await Promise.all([...keys, own].map(statusOf))).toEqual([401, 401, 200]);

    await page.getByRole('link', { name: 'My keys', exact: true }).click();
    await page.getByRole('button', { name: 'Rules for keys' }).click();
    await page.locator('#require_scopes').click();
    await page.getByRole('option', { name: 'Yes' }).click();
    await keepScreenshot(page, 'owner-rules');
    await page.getByRole('button', { name: 'Confirm' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rules for the keys of this organization' });
    await dialog.getByText('true', { exact: true }).waitFor();
    await keepScreenshot(page, 'owner-rules-in-force');
    const rules = 'SELECT max_lifetime, require_scopes FROM sys_api_key_policy WHERE id = ?';
    const [rule] = await target.sql(rules, [organizationId]);
    expect([rule?.['max_lifetime'], Boolean(rule?.['require_scopes'])]).toEqual([null, true]);

    await openList(pageOf('member'));
    expect(await pageOf('member').getByRole('button', { name: 'Rules for keys' }).count()).toBe(0);
  });
});
