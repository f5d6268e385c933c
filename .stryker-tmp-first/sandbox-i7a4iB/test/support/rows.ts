// @ts-nocheck
import type { Row } from '../../src/platform/engine.ts';

type Comparison = (value: unknown, operand: unknown) => boolean;

const isNull = (value: unknown): boolean => value === null || value === undefined;
const ordered =
  (holds: (value: string, operand: string) => boolean): Comparison =>
  (value, operand) =>
    !isNull(value) && holds(String(value), String(operand));

const COMPARISONS: Record<string, Comparison> = {
  $ne: (value, operand) => (operand === null ? !isNull(value) : value !== operand),
  $lt: ordered((value, operand) => value < operand),
  $lte: ordered((value, operand) => value <= operand),
  $gt: ordered((value, operand) => value > operand),
};

/** Whether a row is one that the engine would find, for the conditions that this project uses; dates are text. */
export function matches(row: Row, where: Record<string, unknown>): boolean {
  return Object.entries(where).every(([field, condition]) => {
    if (field === '$and') return (condition as Row[]).every((each) => matches(row, each));
    if (field === '$or') return (condition as Row[]).some((each) => matches(row, each));
    if (condition === null) return isNull(row[field]);
    if (typeof condition !== 'object') return row[field] === condition;
    // The engine answers an empty condition with an error.
    if (Object.keys(condition).length === 0) throw new Error(`no condition on ${field}`);
    return Object.entries(condition).every(([name, operand]) => {
      const holds = COMPARISONS[name];
      if (holds === undefined) throw new Error(`no such comparison: ${name}`);
      return holds(row[field], operand);
    });
  });
}
