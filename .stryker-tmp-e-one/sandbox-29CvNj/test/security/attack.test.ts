// @ts-nocheck
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { DEV_ADMIN } from '../support/dev-admin.ts';
import { ROOT } from '../support/markdown.ts';
import { type Finished, run } from '../support/process.ts';
import { startServer } from '../support/served.ts';

const ADMINISTRATOR = { email: 'operator@example.test', password: 'Of-its-operator-77' };
/** In production, with an administrator whom the operator names. */
const SOUND = {
  NODE_ENV: 'production',
  AUTH_SECRET: randomBytes(32).toString('hex'),
  SETUP_ADMIN_EMAIL: ADMINISTRATOR.email,
  SETUP_ADMIN_PASSWORD: ADMINISTRATOR.password,
};

async function attack(env: Readonly<Record<string, string>>, administrator = ADMINISTRATOR): Promise<Finished> {
  await using server = await startServer(env);
  const signedIn = await fetch(`${server.url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(administrator),
  });
  const { token } = (await signedIn.json()) as { token: string };
  // Awaited here: the server ends with this function.
  return await run('node', [`${ROOT}scripts/attack.ts`, '--url', server.url, '--count', '10'], {
    env: { ATTACK_SESSION: token },
  });
}

/** The lines of the table that name an attack which got through. */
const broken = ({ stdout }: Finished): string[] => stdout.split('\n').filter((line) => line.includes('BROKEN'));

it('nothing that `npm run attack` tries gets through', { timeout: 180_000 }, async () => {
  const finished = await attack(SOUND);
  expect(finished.stderr).toBe('');
  expect(broken(finished)).toEqual([]);
  expect(finished.stdout.match(/'held'/g)).toHaveLength(21);
  expect(finished).toMatchObject({ code: 0, stderr: '' });
});

it('a server that is weak is told where, and in no other place', { timeout: 180_000 }, async () => {
  // An operator who opened sign-in to keys, believes a proxy that is not there, wrote a secret of an
  // example, and left what development brings.
  const weak = { KEY_ROUTES: '/api/v1/auth', TRUST_PROXY: '1', AUTH_SECRET: 'x'.repeat(32) };
  const finished = await attack(weak, DEV_ADMIN);
  expect(broken(finished).map((line) => line.split('│')[1]?.trim())).toEqual([
    'a well-known password signs in',
    'a stranger signs up, sets up, or registers',
    'a session is signed with a guessed AUTH_SECRET',
    'password resets have no limit',
    'a key is taken at a closed route',
    'a forged X-Forwarded-For has no limit on sign-in',
  ]);
  expect(finished.code).toBe(1);
});

it('a server on another machine is not attacked unless its owner says so', async () => {
  const finished = await run('node', [`${ROOT}scripts/attack.ts`, '--url', 'http://192.0.2.1:3000'], {
    env: { ATTACK_SESSION: 'x' },
  });
  expect(finished).toMatchObject({ code: 2, stderr: expect.stringContaining('--i-own-this-server') });
});
