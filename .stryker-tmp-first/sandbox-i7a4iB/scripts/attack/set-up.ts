// @ts-nocheck
import { createHmac } from 'node:crypto';
import { type Attack, firstBroken, isRefused, type Target } from './target.ts';

const AUTH = '/api/v1/auth';
const PASSWORD = 'a-Password-of-the-attack-1';

/** Passwords of administrators that are in documents and examples. */
const WELL_KNOWN = [
  ['admin@objectos.ai', 'admin123'],
  ['admin@objectos.ai', 'admin'],
  ['admin@example.com', 'admin123'],
  ['admin@localhost', 'admin123'],
] as const;

const wellKnownPasswords: Attack = {
  name: 'a well-known password signs in',
  async run(target) {
    for (const [email, password] of WELL_KNOWN) {
      const { status } = await target.send({
        method: 'POST',
        path: `${AUTH}/sign-in/email`,
        body: { email, password },
      });
      if (status === 200) return `${email}: change its password`;
    }
    return undefined;
  },
};

const guessedSetUp: Attack = {
  name: 'a guessed set-up token makes an administrator',
  run: (target) =>
    firstBroken(
      target,
      ['', 'setup', 'admin', 'A'.repeat(43), '-'.repeat(43), null, [], { $gt: '' }].map((token) => ({
        method: 'POST',
        path: '/set-up',
        body: { token, email: `attack-${Date.now()}@example.test`, password: PASSWORD, name: 'Attack' },
      })),
      isRefused,
    ),
};

const uninvited: Attack = {
  name: 'a stranger signs up, sets up, or registers',
  run: (target) => {
    const person = () => ({ email: `attack-${Math.random()}@example.test`, password: PASSWORD, name: 'Attack' });
    const page = `${target.url.origin}/_console/register?redirect=${encodeURIComponent('/accept-invitation/x')}`;
    const signUp = { method: 'POST', path: `${AUTH}/sign-up/email` };
    return firstBroken(
      target,
      [
        { ...signUp, body: person() },
        { ...signUp, body: { ...person(), invitationId: 'x' } },
        { ...signUp, body: { ...person(), emailVerified: true, role: 'admin' } },
        { ...signUp, body: person(), headers: { referer: page } },
        { method: 'POST', path: `${AUTH}/admin/create-user`, body: person() },
        {
          method: 'POST',
          path: `${AUTH}/oauth2/register`,
          body: { client_name: 'Attack', redirect_uris: ['https://example.test/'], token_endpoint_auth_method: 'none' },
        },
        { method: 'POST', path: '/set-up', body: { token: 'guess' } },
        { method: 'GET', path: '/api/v1/docs' },
        { method: 'GET', path: '/api/v1/openapi.json' },
        { method: 'GET', path: '/api/v1/data/sys_user' },
        { method: 'GET', path: '/api/v1/nothing/of/the/kind' },
      ],
      isRefused,
    );
  },
};

/** Values of AUTH_SECRET that are in documents, examples and libraries. */
const GUESSED_SECRETS = [
  'better-auth-secret-12345678901234567890',
  'change-me-change-me-change-me-change-me',
  'changeme',
  'secret',
  'password',
  'development',
  ...['a', 'x', '0', '1'].map((letter) => letter.repeat(32)),
  '0123456789abcdef0123456789abcdef',
  '12345678901234567890123456789012',
];

const guessedSecret: Attack = {
  name: 'a session is signed with a guessed AUTH_SECRET',
  async run(target) {
    for (const secret of GUESSED_SECRETS) {
      if ((await isSignedBy(target, secret)) === 200) return `AUTH_SECRET is ${secret}`;
    }
    return undefined;
  },
};

/** Signs the session as sign-in does. A forger has a stolen token only; that the signature is right shows the secret. */
async function isSignedBy(target: Target, secret: string): Promise<number> {
  const signature = createHmac('sha256', secret).update(target.session).digest('base64');
  const { status } = await target.send({
    method: 'POST',
    path: '/api/v1/graphql',
    headers: { authorization: `Bearer ${encodeURIComponent(`${target.session}.${signature}`)}` },
    body: { query: '{ viewer { id } }' },
  });
  return status;
}

const sharedLimits: Attack = {
  name: 'password resets have no limit',
  async run(target) {
    for (let each = 0; each < 12; each += 1) {
      const body = { email: `attack-${each}@example.test` };
      const { status } = await target.send({ method: 'POST', path: `${AUTH}/request-password-reset`, body });
      if (status !== 200) return undefined;
    }
    return '12 requests, and none refused';
  },
};

export const SET_UP: readonly Attack[] = [wellKnownPasswords, guessedSetUp, uninvited, guessedSecret, sharedLimits];
