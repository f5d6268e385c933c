// @ts-nocheck
// 
import { expect, it } from 'vitest';
import { Pace } from '../../src/base/pace.ts';

it('background work that never waits for anything lets other work run between two steps', async () => {
  const ran: string[] = [];
  const pace = new Pace();
  setImmediate(() => ran.push('a request'));
  for (const step of ['first', 'second', 'third']) {
    await Promise.resolve();
    ran.push(step);
    await pace.rest();
  }
  expect(ran.slice(0, 3)).toEqual(['first', 'a request', 'second']);
});
