import { expect, it } from 'vitest';
import { ROOT } from '../support/markdown.ts';
import { type Finished, run } from '../support/process.ts';
import { startServer } from '../support/served.ts';

async function attack(env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  await using server = await startServer(env);
  const session = await server.signIn();
  // Awaited here: the server ends with this function.
  return await run('node', [`${ROOT}scripts/attack.ts`, '--url', server.url, '--count', '10'], {
    env: { ATTACK_SESSION: session },
  });
}

/** The lines of the table that name an attack which got through. */
const broken = ({ stdout }: Finished): string[] => stdout.split('\n').filter((line) => line.includes('BROKEN'));

it('nothing that `npm run attack` tries gets through', { timeout: 90_000 }, async () => {
  const finished = await attack();
  expect(finished.stderr).toBe('');
  expect(broken(finished)).toEqual([]);
  expect(finished.stdout.match(/'held'/g)).toHaveLength(15);
  expect(finished).toMatchObject({ code: 0, stderr: '' });
});

it('a server that is weak in two places is told so, and in no others', { timeout: 90_000 }, async () => {
  // An operator who opened sign-in to keys, and believes a proxy that is not there.
  const finished = await attack({ KEY_ROUTES: '/api/v1/auth', TRUST_PROXY: '1' });
  const found = broken(finished);
  expect(found).toHaveLength(2);
  expect(found[0]).toContain('a key is taken at a closed route');
  expect(found[1]).toContain('a forged X-Forwarded-For has no limit on sign-in');
  expect(finished.code).toBe(1);
});

it('a server on another machine is not attacked unless its owner says so', async () => {
  const finished = await run('node', [`${ROOT}scripts/attack.ts`, '--url', 'http://192.0.2.1:3000'], {
    env: { ATTACK_SESSION: 'x' },
  });
  expect(finished).toMatchObject({ code: 2, stderr: expect.stringContaining('--i-own-this-server') });
});
