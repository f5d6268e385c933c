// @ts-nocheck
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { MintOrder } from '../../../src/keys/mint/mint-order.ts';
import { type Script, soon, writerOf } from '../../support/mint-writer.ts';
import { mintOrder, outcomeOf } from '../../support/minting.ts';

/** A transaction that begins, and ends when the test says so. */
function gate() {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const script: Script = async (orders) => {
    begun.resolve();
    await end.promise;
    return orders.map(outcomeOf);
  };
  return { script, begun: begun.promise, end: end.resolve };
}

const named = (count: number): MintOrder[] => Array.from({ length: count }, (_, index) => mintOrder(`k${index}`));

describe('orders share a transaction', soon, () => {
  it('when they arrive in one turn of the event loop, and each gets its own key', async () => {
    const { transactions, answers } = writerOf();
    expect(await answers(mintOrder('a'), mintOrder('b'), mintOrder('c'))).toEqual(['a', 'b', 'c']);
    expect(transactions).toEqual([['a', 'b', 'c']]);
  });

  it('when they arrive while another is under way, and none is answered before its own has ended', async () => {
    const [first, second] = [gate(), gate()];
    const { transactions, answer } = writerOf(first.script, second.script);
    const answered: string[] = [];
    const a = answer(mintOrder('a')).then((name) => answered.push(name));
    await first.begun;
    const others = ['b', 'c'].map((name) => answer(mintOrder(name)).then((key) => answered.push(key)));
    await turn();
    expect([transactions, answered]).toEqual([[['a']], []]);

    first.end();
    await Promise.all([a, second.begun]);
    expect([transactions, answered]).toEqual([[['a'], ['b', 'c']], ['a']]);
    second.end();
    await Promise.all(others);
    expect(answered).toEqual(['a', 'b', 'c']);
  });

  it('of at most 64, in the order in which they came', async () => {
    const { transactions, answers } = writerOf();
    const orders = named(130);
    const names = orders.map(({ name }) => name);
    expect(await answers(...orders)).toEqual(names);
    expect(transactions).toEqual([names.slice(0, 64), names.slice(64, 128), names.slice(128)]);
  });

  it('that carries nothing of the request that happened to begin it', async () => {
    const request = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const { answer } = writerOf((orders) => {
      seen.push(request.getStore());
      return orders.map(outcomeOf);
    });
    await request.run('of somebody', () => answer(mintOrder('a')));
    expect(seen).toEqual([undefined]);
  });
});

describe('a transaction waits for the orders of mints that have begun', soon, () => {
  /** Lets the event loop turn this often. */
  const turns = async (count: number): Promise<void> => {
    for (let turned = 0; turned < count; turned += 1) await turn();
  };
  /** A mint whose order comes after some turns. */
  const mintAfter = ({ writer }: ReturnType<typeof writerOf>, name: string, count: number): Promise<unknown> => {
    const request = {};
    return writer.expecting(request, async () => {
      await turns(count);
      return writer.submit(mintOrder(name), request);
    });
  };

  it('and writes them together', async () => {
    const writing = writerOf();
    await Promise.all([mintAfter(writing, 'a', 0), mintAfter(writing, 'b', 1), mintAfter(writing, 'c', 3)]);
    expect(writing.transactions).toEqual([['a', 'b', 'c']]);
  });

  it('for four turns and no longer', async () => {
    const { writer, transactions, answer } = writerOf();
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = writer.expecting({}, () => promise);
    const answered = answer(mintOrder('a'));
    await turns(3);
    expect(transactions).toEqual([]);
    await turns(2);
    expect(transactions).toEqual([['a']]);
    expect(await answered).toBe('a');
    resolve();
    await slow;
  });

  it('and for none that was alone, was refused, or has its order', async () => {
    const writing = writerOf();
    const { writer, transactions } = writing;
    await expect(writer.expecting({}, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    const first = mintAfter(writing, 'a', 0);
    await turns(2);
    expect(transactions).toEqual([['a']]);
    await first;
    const second = mintAfter(writing, 'b', 0);
    await turns(2);
    expect(transactions).toEqual([['a'], ['b']]);
    await second;
  });

  it('and for none when it is full', async () => {
    const { writer, transactions, answers } = writerOf();
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = writer.expecting({}, () => promise);
    const all = answers(...named(64));
    await turns(1);
    expect(transactions).toHaveLength(1);
    await all;
    resolve();
    await slow;
  });
});

it('two thousand orders may wait; one more is rejected immediately and never written', soon, async () => {
  const { transactions, answers, answer } = writerOf();
  const waiting = answers(...named(2000));
  expect(await answer(mintOrder('one more'))).toBe('SERVICE_UNAVAILABLE');
  expect(transactions).toEqual([]);
  expect(new Set(await waiting).size).toBe(2000);
  expect(transactions.flat()).not.toContain('one more');
  expect(await answer(mintOrder('later'))).toBe('later');
});

describe('a writer is idle', soon, () => {
  it('at once when nothing was asked of it', async () => {
    await writerOf().writer.idle();
  });

  it('when everything that was asked of it has been answered, also what came meanwhile', async () => {
    const [first, second] = [gate(), gate()];
    const { writer, answer } = writerOf(first.script, second.script);
    const answered: string[] = [];
    const log = (name: string): number => answered.push(name);
    answer(mintOrder('a')).then(log);
    await first.begun;
    answer(mintOrder('b')).then(log);
    const idle = writer.idle().then(() => log('idle'));
    first.end();
    await second.begun;
    await turn();
    expect(answered).toEqual(['a']);
    second.end();
    await idle;
    expect(answered).toEqual(['a', 'b', 'idle']);
  });
});
