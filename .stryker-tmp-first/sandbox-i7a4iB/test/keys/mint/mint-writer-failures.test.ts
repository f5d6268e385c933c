// @ts-nocheck
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ServiceError } from '../../../src/base/errors.ts';
import { failing, type Script, soon, writerOf } from '../../support/mint-writer.ts';
import { mintOrder, outcomeOf } from '../../support/minting.ts';

const clock = (): { set(now: number): void } => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  return { set: (value) => void now.mockReturnValue(value) };
};
const idempotent = { keyId: 'row', fingerprint: 'f' };
const duplicate = Object.assign(new Error('unique'), { code: 'DUPLICATE_RECORD' });
const notValid = Object.assign(new Error('a bad row'), { code: 'VALIDATION_FAILED' });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('an order whose deadline has come', soon, () => {
  it('while it waited is refused, and never handed on', async () => {
    const time = clock();
    const { transactions, answers } = writerOf();
    const waiting = answers(
      mintOrder('late', { deadline: 99 }),
      mintOrder('just late', { deadline: 100 }),
      mintOrder('in time', { deadline: 101 }),
    );
    time.set(100);
    expect(await waiting).toEqual(['SERVICE_UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'in time']);
    expect(transactions).toEqual([['in time']]);
  });

  it('begins no transaction when it is alone, and the next order is written', async () => {
    const time = clock();
    const { transactions, answer } = writerOf();
    const late = answer(mintOrder('late', { deadline: 100 }));
    time.set(100);
    expect(await late).toBe('SERVICE_UNAVAILABLE');
    expect(transactions).toEqual([]);
    expect(await answer(mintOrder('next'))).toBe('next');
  });

  it('during the write is refused alone: the others are written without it', async () => {
    const time = clock();
    const { transactions, answers } = writerOf(() => {
      time.set(100);
      throw new ServiceError('SERVICE_UNAVAILABLE');
    });
    expect(
      await answers(mintOrder('a'), mintOrder('late', { deadline: 100 }), mintOrder('b', { deadline: 101 })),
    ).toEqual(['a', 'SERVICE_UNAVAILABLE', 'b']);
    expect(transactions).toEqual([
      ['a', 'late', 'b'],
      ['a', 'b'],
    ]);
  });

  it.each([
    ['of one row', notValid, undefined],
    ['of a duplicate', duplicate, idempotent],
    ['of the database', new Error('disk full'), undefined],
  ])('during a write that failed because %s is not tried again', async (_case, error, identity) => {
    const time = clock();
    const { transactions, answers } = writerOf(() => {
      time.set(100);
      throw error;
    });
    const late = { deadline: 100, idempotent: identity };
    expect(await answers(mintOrder('a', late), mintOrder('b', late))).toEqual(Array(2).fill('SERVICE_UNAVAILABLE'));
    expect(transactions).toEqual([['a', 'b']]);
  });
});

describe('an order that cannot be written fails alone', soon, () => {
  it('when it is refused', async () => {
    const { answers } = writerOf((orders) =>
      orders.map((order) => (order.name === 'b' ? new ServiceError('RATE_LIMITED') : outcomeOf(order))),
    );
    expect(await answers(mintOrder('a'), mintOrder('b'), mintOrder('c'))).toEqual(['a', 'RATE_LIMITED', 'c']);
  });

  it('when the transaction reports no outcome for it', async () => {
    const { answers } = writerOf(([a]) => (a === undefined ? [] : [outcomeOf(a)]));
    expect(await answers(mintOrder('a'), mintOrder('b'))).toEqual(['a', 'Error: an order without an outcome']);
  });

  it.each([
    ['a row that the platform finds not valid', notValid],
    ['a row that is there already', duplicate],
  ])('when it makes the transaction fail: %s', async (_case, error) => {
    const refuseB: Script = (orders) => {
      if (orders.some(({ name }) => name === 'b')) throw error;
      return orders.map(outcomeOf);
    };
    const { writer, transactions, answers } = writerOf(...Array<Script>(4).fill(refuseB));
    const causes: unknown[] = [];
    const b = writer.submit(mintOrder('b')).catch((refusal: ServiceError) => {
      causes.push(refusal.cause);
      return refusal.code;
    });
    expect(await answers(mintOrder('a'), mintOrder('c'))).toEqual(['a', 'c']);
    expect(await b).toBe('SERVICE_UNAVAILABLE');
    expect(causes).toEqual([error]);
    expect(transactions).toEqual([['b', 'a', 'c'], ['b'], ['a'], ['c']]);
  });
});

describe('a failure of the database', soon, () => {
  it.each([['disk full'], [new Error('disk full')], [{ code: 'SQLITE_FULL' }], [null], [undefined]])(
    'is an answer of 503 for everybody in the transaction, and is not tried again: %o',
    async (error) => {
      const { transactions, answers } = writerOf(failing(error));
      const orders = [mintOrder('a', { idempotent }), mintOrder('b')];
      expect(await answers(...orders)).toEqual(['SERVICE_UNAVAILABLE', 'SERVICE_UNAVAILABLE']);
      expect(transactions).toEqual([['a', 'b']]);
    },
  );

  it('leaves its cause for the log', async () => {
    const error = new Error('disk full');
    const { writer } = writerOf(failing(error));
    await expect(writer.submit(mintOrder('a'))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', cause: error });
  });

  it('that is a refusal already is passed on as it is', async () => {
    const refusal = new ServiceError('SERVICE_UNAVAILABLE', { message: 'as it is' });
    const { writer } = writerOf(failing(refusal));
    await expect(writer.submit(mintOrder('a'))).rejects.toBe(refusal);
  });

  it('is not the end: the next order is written', async () => {
    const { answer } = writerOf(failing(new Error('disk full')));
    expect(await answer(mintOrder('a'))).toBe('SERVICE_UNAVAILABLE');
    expect(await answer(mintOrder('b'))).toBe('b');
  });
});

describe('a row that another replica wrote first', soon, () => {
  const replay: Script = (orders) => orders.map((order) => ({ ...outcomeOf(order), replayed: true }));

  it('is answered as what it is, a repeat, when the request says that it is to have one outcome', async () => {
    const { writer, transactions } = writerOf(failing(duplicate), replay);
    expect(await writer.submit(mintOrder('a', { idempotent }))).toMatchObject({ replayed: true });
    expect(transactions).toEqual([['a'], ['a']]);
  });

  it('is answered so from within a batch too', async () => {
    const { transactions, answers } = writerOf(failing(duplicate), failing(duplicate), replay);
    expect(await answers(mintOrder('a', { idempotent }), mintOrder('b'))).toEqual(['a', 'b']);
    expect(transactions).toEqual([['a', 'b'], ['a'], ['a'], ['b']]);
  });

  it('is a failure for a request that does not', async () => {
    const { transactions, answer } = writerOf(failing(duplicate));
    expect(await answer(mintOrder('a'))).toBe('SERVICE_UNAVAILABLE');
    expect(transactions).toEqual([['a']]);
  });

  it('is not looked for after another failure', async () => {
    const { transactions, answer } = writerOf(failing(notValid));
    expect(await answer(mintOrder('a', { idempotent }))).toBe('SERVICE_UNAVAILABLE');
    expect(transactions).toEqual([['a']]);
  });

  it('is a new request where the one that made it is remembered no more, and that is tried once', async () => {
    const forgotten: (boolean | undefined)[] = [];
    const remake: Script = (orders) => {
      forgotten.push(...orders.map(({ isForgotten }) => isForgotten));
      return orders.map(outcomeOf);
    };
    const again = writerOf(failing(duplicate), failing(duplicate), remake);
    expect(await again.answer(mintOrder('a', { idempotent }))).toBe('a');
    expect(forgotten).toEqual([true]);
    const never = writerOf(failing(duplicate), failing(duplicate), failing(duplicate));
    expect(await never.answer(mintOrder('a', { idempotent }))).toBe('SERVICE_UNAVAILABLE');
    expect(never.transactions).toHaveLength(3);
  });

  it.each<[string, Script, object]>([
    ['is refused', () => [new ServiceError('IDEMPOTENCY_KEY_REUSED')], { code: 'IDEMPOTENCY_KEY_REUSED' }],
    ['fails', failing(notValid), { code: 'SERVICE_UNAVAILABLE', cause: notValid }],
    ['says nothing', () => [], { message: 'an order without an outcome' }],
  ])('is looked for once: the second look %s', async (_case, second, refusal) => {
    const { writer, transactions } = writerOf(failing(duplicate), second);
    await expect(writer.submit(mintOrder('a', { idempotent }))).rejects.toMatchObject(refusal);
    expect(transactions).toHaveLength(2);
  });
});
