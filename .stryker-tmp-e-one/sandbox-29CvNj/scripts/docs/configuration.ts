// @ts-nocheck
import { z } from 'zod';
import { environment } from '../../src/standalone/config.ts';

/** The variables of the standalone server as a table, from the schema that reads them. */
export function configurationReference(): string {
  const { properties = {} } = z.toJSONSchema(environment, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const described = properties[name];
    if (typeof described !== 'object' || described.description === undefined) {
      throw new Error(`${name} has no description in src/standalone/config.ts`);
    }
    return [`\`${name}\``, defaultOf(schema), valuesOf(described, name), described.description];
  });
  return table(['variable', 'default', 'values', 'what it does'], rows);
}

function defaultOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const value: unknown = schema.def.defaultValue;
    return Array.isArray(value) && value.length === 0 ? 'none' : `\`${String(value)}\``;
  }
  const fallback = schema.meta()?.['fallback'];
  return typeof fallback === 'string' ? fallback : 'none';
}

function valuesOf(described: z.core.JSONSchema.BaseSchema, name: string): string {
  const values = described.enum?.map((value) => `\`${String(value)}\``).join(', ') ?? described['values'];
  if (typeof values !== 'string') throw new Error(`${name} does not say what it may be`);
  return values;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(headings), `|${'---|'.repeat(headings.length)}`, ...rows.map(line)].join('\n');
}
