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

  it('does not run while the client sends its body', async () => {
    vi.useFakeTimers();
    const budget = new Budget(1000);
    const body = Promise.withResolvers<string>();
    const answer = budget.within(async () => {
      const read = await budget.outside(() => body.promise);
      await new Promise((resolve) => setTimeout(resolve, 900));
      return read;
    });
    await vi.advanceTimersByTimeAsync(60_000);
    body.resolve('sent');
    await vi.advanceTimersByTimeAsync(900);
    expect(await answer).toBe('sent');
    vi.useRealTimers();
  });

  it('goes on after the body with what is left', async () => {
    vi.useFakeTimers();
    const budget = new Budget(1000);
    const late = expect(
      budget.within(async () => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        await budget.outside(async () => 'sent');
        expect(budget.deadline - performance.now()).toBe(400);
        return never();
      }),
    ).rejects.toBeInstanceOf(DeadlineExceeded);
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    vi.useRealTimers();
  });
});
