// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, type TestKernel } from '../support/kernel.ts';
import { ENDINGS, newKeyOwner } from '../support/key-owner.ts';
import { NOTE, NotesApp } from '../support/notes-app.ts';

const REQUESTS = 200;
/** How many of them are under way at a time, and after how many the key ends. */
const AT_ONCE = 8;
const UNTIL_THE_END = 60;

let target: TestKernel;
beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()] });
});
afterAll(() => target[Symbol.asyncDispose]());

describe.concurrent.each([
  'is revoked',
  'has an owner who is banned',
  'has an owner who was deleted',
  'has an owner whose membership ended',
  'was deleted',
  'has expired',
  'comes from another network',
])('while a key is in use and then %s', (how) => {
  it(`none of ${REQUESTS} requests that began after the change was acknowledged is answered`, async () => {
    const owner = await newKeyOwner(target.engine);
    const paths = [`/api/v1/data/${NOTE}`, '/api/v1/graphql'];
    const body = JSON.stringify({ query: '{ viewer { id } }' });
    const outcomes: { began: 'before' | 'after'; status: number }[] = [];
    let acknowledged = false;
    let ending: Promise<void> | undefined;
    let sent = 0;
    const client = async (): Promise<void> => {
      while (sent < REQUESTS) {
        sent += 1;
        if (sent === UNTIL_THE_END) {
          ending = (async () => {
            await ENDINGS[how]?.(target, owner);
            acknowledged = true;
          })();
        }
        const began = acknowledged ? 'after' : 'before';
        const path = paths[sent % paths.length] ?? '';
        const response = await target.request(path, {
          headers: { 'content-type': 'application/json', ...owner.headers },
          ...(path.endsWith('graphql') ? { method: 'POST', body } : {}),
        });
        await response.arrayBuffer();
        outcomes.push({ began, status: response.status });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    await ending;

    const statuses = (began: string): Set<number> =>
      new Set(outcomes.filter((outcome) => outcome.began === began).map(({ status }) => status));
    expect(outcomes).toHaveLength(REQUESTS);
    expect(statuses('before')).toContain(200);
    expect(statuses('after')).toEqual(new Set([401]));
  });
});
