// @ts-nocheck
// 
import { ServiceError } from '../../src/base/errors.ts';
import type { MintOrder, MintOutcome } from '../../src/keys/mint/mint-order.ts';
import { MintWriter } from '../../src/keys/mint/mint-writer.ts';
import { outcomeOf } from './minting.ts';

type Outcomes = (MintOutcome | ServiceError | undefined)[];
/** What becomes of each transaction in turn; of those after the last, that every order is written. */
export type Script = (orders: readonly MintOrder[]) => Outcomes | Promise<Outcomes>;

const written: Script = (orders) => orders.map(outcomeOf);
export const failing = (error: unknown): Script => {
  return () => {
    throw error;
  };
};

/** A writer, and the names in each of its transactions. */
export function writerOf(...scripts: Script[]) {
  const transactions: string[][] = [];
  const writer = new MintWriter(async (orders) => {
    transactions.push(orders.map(({ name }) => name));
    return (await (scripts.shift() ?? written)(orders)) as (MintOutcome | ServiceError)[];
  });
  /** The name of the key or the code of the refusal. */
  const answer = (order: MintOrder): Promise<string> =>
    writer.submit(order).then(
      ({ apiKey }) => apiKey.name,
      (error: unknown) => (error instanceof ServiceError ? error.code : String(error)),
    );
  const answers = (...orders: MintOrder[]): Promise<string[]> => Promise.all(orders.map(answer));
  return { writer, transactions, answer, answers };
}

/** An order that is never answered fails its test, soon. */
export const soon = { timeout: 3000 };
