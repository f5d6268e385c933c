// @ts-nocheck
// 
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Budget, DeadlineExceeded, withDeadline } from '../../src/base/deadline.ts';

const never = (): Promise<never> => new Promise(() => undefined);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the time for one request', () => {
  it('ends work that exceeds it, and keeps a result that is in time', async () => {
    const late = expect(new Budget(1000).within(never)).rejects.toBeInstanceOf(DeadlineExceeded);
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    expect(await new Budget(1000).within(async () => 'done')).toBe('done');
    await expect(new Budget(1000).within(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('uses one timer for all queries of a request, and ends them all', async () => {
    const outcomes: unknown[] = [];
    const late = new Budget(1000).within(async () => {
      expect(await withDeadline(Promise.resolve('answered'), 5000)).toBe('answered');
      const questions = [withDeadline(never(), 5000), withDeadline(never(), 1)];
      expect(vi.getTimerCount()).toBe(1);
      outcomes.push(...(await Promise.allSettled(questions)).map((each) => each.status));
    });
    const refused = expect(late).rejects.toBeInstanceOf(DeadlineExceeded);
    await vi.advanceTimersByTimeAsync(999);
    expect(outcomes).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await refused;
    expect(outcomes).toEqual(['rejected', 'rejected']);
  });

  it('does not end work that continues after the response, which has its own', async () => {
    const after: Promise<unknown>[] = [];
    await new Budget(1000).within(async () => {
      setTimeout(() => after.push(withDeadline(never(), 50).catch((error: unknown) => error)), 10);
    });
    await vi.advanceTimersByTimeAsync(60);
    expect(await after[0]).toBeInstanceOf(DeadlineExceeded);
  });
});

it('a question outside of a request has the time that it was given', async () => {
  const late = expect(withDeadline(never(), 50)).rejects.toThrow('no answer within 50 ms');
  await vi.advanceTimersByTimeAsync(50);
  await late;
  await expect(withDeadline(Promise.reject(new Error('no')), 50)).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});
