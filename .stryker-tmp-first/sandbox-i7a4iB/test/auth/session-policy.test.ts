// @ts-nocheck
import { beforeEach, describe, expect, it } from 'vitest';
import { type AuthService, Sessions } from '../../src/auth/session.ts';
import { SignIn } from '../support/sign-in.ts';
import { Tables } from '../support/tables.ts';

const TOKEN = 'A'.repeat(32);
const POLICY = [
  'getSession',
  { authorization: `Bearer ${TOKEN}` },
  // Neither what a browser was told earlier, nor a longer life through being looked at.
  { disableCookieCache: true, disableRefresh: true },
];

let tables: Tables;
let signIn: SignIn;
let sessions: Sessions;
beforeEach(() => {
  tables = new Tables();
  tables.rows['sys_session'] = [{ token: TOKEN, user_id: 'usr_1', expires_at: new Date(Date.now() + 3_600_000) }];
  tables.rows['sys_user'] = [{ id: 'usr_1', email: 'a@example.test' }];
  signIn = new SignIn();
  sessions = new Sessions(signIn, tables.platform);
});

describe("the platform's policy for sessions", () => {
  it.each<[string, AuthService['config'], boolean]>([
    ['an idle time-out is set', { sessionIdleTimeoutMinutes: 30 }, false],
    ['an idle time-out is set as a text', { sessionIdleTimeoutMinutes: '30', sessionAbsoluteMaxHours: 0 }, false],
    ['a longest life is set', { sessionAbsoluteMaxHours: 8 }, false],
    ['a time-out cannot be read', { sessionIdleTimeoutMinutes: 'soon' }, false],
    ['a sign-in policy is in force', {}, true],
    ['it cannot be told', undefined, false],
  ])('is asked first where %s', async (_where, config, gate) => {
    signIn.config = config;
    signIn.gate = gate;
    expect(await sessions.fromBearer(TOKEN)).toMatchObject({ userId: 'usr_1' });
    expect(signIn.asked).toEqual([POLICY]);
  });

  it.each<[string, AuthService['config']]>([
    ['set', {}],
    ['set but zero', { sessionIdleTimeoutMinutes: 0, sessionAbsoluteMaxHours: '0' }],
    ['set but null', { sessionIdleTimeoutMinutes: null, sessionAbsoluteMaxHours: null }],
  ])('is not asked where none is %s', async (_how, config) => {
    signIn.config = config;
    expect(await sessions.fromBearer(TOKEN)).toMatchObject({ userId: 'usr_1' });
    expect(signIn.asked).toEqual([]);
  });

  describe('where there is one', () => {
    beforeEach(() => {
      signIn.gate = true;
    });

    it('may end the session, which is looked up afterwards', async () => {
      signIn.getSession = () => {
        tables.rows['sys_session'] = [];
        return null;
      };
      expect(await sessions.fromBearer(TOKEN)).toBeUndefined();
    });

    it('may block the person until they comply, without any look-up', async () => {
      signIn.getSession = () => ({ user: { authGate: { code: 'PASSWORD_EXPIRED' } } });
      await expect(sessions.fromBearer(TOKEN)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message:
          'Your account does not meet a sign-in policy yet. Change your password or set up a second factor first.',
      });
      expect(tables.read).toEqual([]);
    });

    it.each([undefined, null, ''])('does not stop a person with nothing to meet (%j)', async (authGate) => {
      signIn.getSession = () => ({ user: { authGate } });
      expect(await sessions.fromBearer(TOKEN)).toMatchObject({ userId: 'usr_1' });
    });

    it.each([undefined, null])('leaves a session that it does not know (%j) to the look-up', async (unknown) => {
      signIn.getSession = () => unknown;
      expect(await sessions.fromBearer(TOKEN)).toMatchObject({ userId: 'usr_1' });
    });

    it.each(['getApi', 'getSession'])('is not skipped when %s fails', async (question) => {
      signIn.broken.add(question);
      await expect(sessions.fromBearer(TOKEN)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(tables.read).toEqual([]);
    });
  });
});
