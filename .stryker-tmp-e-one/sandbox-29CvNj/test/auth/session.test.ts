// @ts-nocheck
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionPrincipal } from '../../src/auth/principal.ts';
import { Sessions } from '../../src/auth/session.ts';
import type { Row } from '../../src/platform/engine.ts';
import { SECRET, SignIn } from '../support/sign-in.ts';
import { Tables } from '../support/tables.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const TOKEN = 'A'.repeat(32);
const COOKIE = `keys.session=${encodeURIComponent(
  `${TOKEN}.${createHmac('sha256', SECRET).update(TOKEN).digest('base64')}`,
)}`;
const UNAVAILABLE = { code: 'SERVICE_UNAVAILABLE', headers: { 'Retry-After': '2' } };

let tables: Tables;
let signIn: SignIn;
let sessions: Sessions;
let session: Row;
let user: Row;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  tables = new Tables();
  session = { token: TOKEN, user_id: 'usr_1', expires_at: new Date(NOW + 1), active_organization_id: 'org_1' };
  user = { id: 'usr_1', email: 'a@example.test', banned: false };
  tables.rows['sys_session'] = [session];
  tables.rows['sys_user'] = [user, { id: 'usr_2', email: 'b@example.test' }];
  signIn = new SignIn();
  sessions = new Sessions(signIn, tables.platform);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a live session', () => {
  it.each([
    ['a bearer token', () => sessions.fromBearer(TOKEN)],
    ['a signed cookie', () => sessions.fromCookie(COOKIE)],
  ])('is the person that it belongs to: %s', async (_how, find) => {
    const principal = await find();
    expect(principal).toBeInstanceOf(SessionPrincipal);
    expect(principal).toEqual(
      expect.objectContaining({
        kind: 'session',
        userId: 'usr_1',
        email: 'a@example.test',
        organizationId: 'org_1',
        impersonated: false,
      }),
    );
  });

  it.each<[string, Row]>([
    ['ends as a text', { expires_at: new Date(NOW + 1).toISOString() }],
    ['was not revoked', { revoked_at: null }],
    ['was not revoked, in a table that has no null', { revoked_at: '' }],
  ])('may be one that %s', async (_how, changes) => {
    Object.assign(session, changes);
    expect(await sessions.fromBearer(TOKEN)).toMatchObject({ userId: 'usr_1' });
  });

  it.each([undefined, null, ''])('without an active organization (%j) has none', async (none) => {
    session['active_organization_id'] = none;
    expect((await sessions.fromBearer(TOKEN))?.organizationId).toBeUndefined();
  });

  it.each([undefined, null, 7])('of a person without an address (%j) has an empty one', async (email) => {
    user['email'] = email;
    expect((await sessions.fromBearer(TOKEN))?.email).toBe('');
  });

  it('in which an administrator acts for the person says so', async () => {
    session['impersonated_by'] = 'usr_2';
    expect(await sessions.fromBearer(TOKEN)).toMatchObject({ userId: 'usr_1', impersonated: true });
  });

  it.each([null, ''])('in which nobody else acts (%j) says so', async (nobody) => {
    session['impersonated_by'] = nobody;
    expect(await sessions.fromBearer(TOKEN)).toMatchObject({ impersonated: false });
  });

  it('is looked up each time, because it may have been revoked', async () => {
    expect(await sessions.fromBearer(TOKEN)).toBeDefined();
    session['revoked_at'] = new Date(NOW);
    expect(await sessions.fromBearer(TOKEN)).toBeUndefined();
  });
});

describe('no session is found', () => {
  it.each([
    ['in a bearer credential that is no token', () => sessions.fromBearer('short')],
    ['in a cookie that is not signed', () => sessions.fromCookie(`keys.session=${TOKEN}`)],
    ['in a cookie of another name', () => sessions.fromCookie(`x${COOKIE}`)],
  ])('%s, and nothing is looked up', async (_where, find) => {
    signIn.config = undefined;
    expect(await find()).toBeUndefined();
    expect(tables.read).toEqual([]);
    expect(signIn.asked).toEqual([]);
  });

  it.each<[string, Row]>([
    ['ends now', { expires_at: new Date(NOW) }],
    ['has ended', { expires_at: new Date(NOW - 1).toISOString() }],
    ['ends at a time that cannot be read', { expires_at: 'soon' }],
    ['says nothing of its end', { expires_at: undefined }],
    ['was revoked', { revoked_at: new Date(NOW) }],
    ['was revoked, as SQLite says it', { revoked_at: NOW - 1 }],
    ['belongs to nobody', { user_id: null }],
    ['belongs to what is no id', { user_id: 7 }],
    ['has another token', { token: 'B'.repeat(32) }],
  ])('where it %s, and nobody is looked up', async (_how, changes) => {
    Object.assign(session, changes);
    expect(await sessions.fromBearer(TOKEN)).toBeUndefined();
    expect(tables.read).toEqual(['sys_session']);
  });

  it('where its owner is gone', async () => {
    user['id'] = 'usr_3';
    expect(await sessions.fromBearer(TOKEN)).toBeUndefined();
  });

  it('where its owner is banned, until the ban ends', async () => {
    Object.assign(user, { banned: true, ban_expires: new Date(NOW + 1) });
    session['expires_at'] = new Date(NOW + 10);
    expect(await sessions.fromBearer(TOKEN)).toBeUndefined();
    vi.setSystemTime(NOW + 1);
    expect(await sessions.fromBearer(TOKEN)).toBeDefined();
  });
});

describe('sessions outside the database', () => {
  beforeEach(() => {
    signIn.secondaryStorage = {};
  });

  it('are asked for where better-auth keeps them', async () => {
    const expiresAt = new Date(NOW + 1);
    signIn.kept = { userId: 'usr_2', expiresAt, activeOrganizationId: 'org_2', impersonatedBy: 'usr_1' };
    expect(await sessions.fromBearer(TOKEN)).toMatchObject({
      userId: 'usr_2',
      email: 'b@example.test',
      organizationId: 'org_2',
      impersonated: true,
    });
    expect(signIn.asked).toEqual([['findSession', TOKEN]]);
    expect(tables.read).toEqual(['sys_user']);
  });

  it('that are missing or have expired are invalid', async () => {
    expect(await sessions.fromBearer(TOKEN)).toBeUndefined();
    signIn.kept = { userId: 'usr_1', expiresAt: new Date(NOW).toISOString() };
    expect(await sessions.fromBearer(TOKEN)).toBeUndefined();
    expect(tables.read).toEqual([]);
  });

  it('that cannot be read cause an error, not "no session"', async () => {
    signIn.broken.add('findSession');
    await expect(sessions.fromBearer(TOKEN)).rejects.toMatchObject(UNAVAILABLE);
  });
});

describe('what does not answer is not "no session"', () => {
  it.each(['sys_session', 'sys_user'])('%s', async (object) => {
    tables.broken.add(object);
    await expect(sessions.fromBearer(TOKEN)).rejects.toMatchObject(UNAVAILABLE);
    await expect(sessions.fromCookie(COOKIE)).rejects.toMatchObject(UNAVAILABLE);
  });

  it('sign-in', async () => {
    signIn.broken.add('getAuthContext');
    await expect(sessions.fromBearer(TOKEN)).rejects.toMatchObject(UNAVAILABLE);
    await expect(sessions.fromCookie(COOKIE)).rejects.toMatchObject(UNAVAILABLE);
    expect(tables.read).toEqual([]);
  });
});
