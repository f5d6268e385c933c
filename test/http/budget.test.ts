import { describe, expect, it, vi } from 'vitest';
import { DeadlineExceeded } from '../../src/base/deadline.ts';
import { Budget } from '../../src/http/budget.ts';

const never = (): Promise<never> => new Promise(() => undefined);

describe('the time for one request', () => {
  it('ends what is not done by then, and leaves an outcome before it alone', async () => {
    vi.useFakeTimers();
    const late = expect(new Budget(1000).within(never)).rejects.toBeInstanceOf(DeadlineExceeded);
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    expect(await new Budget(1000).within(async () => 'done')).toBe('done');
    await expect(new Budget(1000).within(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
