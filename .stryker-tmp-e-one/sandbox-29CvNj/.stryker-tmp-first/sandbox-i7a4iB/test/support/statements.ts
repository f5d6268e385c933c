// @ts-nocheck
// 
import type { TestKernel } from './kernel.ts';

/** A statement as the query builder sends it. */
export interface Statement {
  readonly sql: string;
  readonly bindings?: unknown[];
}

interface ObservedDriver {
  readonly knex: {
    on(event: 'query', listen: (statement: Statement) => void): void;
    off(event: 'query', listen: (statement: Statement) => void): void;
  };
}

/** Hears each statement that a kernel sends to its database. @returns a function that stops it. */
export async function listenToStatements(
  { kernel }: TestKernel,
  hear: (sql: string, bindings: unknown[]) => void,
): Promise<() => void> {
  const { knex } = await kernel.getServiceAsync<ObservedDriver>('driver.com.objectstack.driver.sql');
  const listen = ({ sql, bindings }: Statement): void => hear(sql, bindings ?? []);
  knex.on('query', listen);
  return () => knex.off('query', listen);
}
