// @ts-nocheck
// 
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import { printable } from './terminal.ts';

/** Between two columns. */
const GAP = 2;
/** No column becomes narrower than this. */
const NARROWEST = 6;

export interface TableLayout {
  /** Of the terminal, in cells: the widest columns are cut until the rows fit. Without it (a pipe) nothing is cut. */
  readonly width?: number | undefined;
  /** Colours a cell that is already cut and padded. The headings are row -1. */
  readonly paint?: (text: string, row: number, column: number) => string;
}

/**
 * Rows as aligned columns under their headings. Wide characters (CJK, emoji) count for the two cells
 * that a terminal gives them.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { width = Number.POSITIVE_INFINITY, paint = (text) => text }: TableLayout = {},
): string[] {
  const lines = [headings, ...rows.map((row) => row.map(printable))];
  const natural = headings.map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column] ?? ''))));
  const widths = fit(natural, width - GAP * (headings.length - 1));
  return lines.map((line, index) =>
    line
      .map((cell, column) => {
        const text = cliTruncate(cell, widths[column] ?? 0);
        // Nothing is padded at the end of a line.
        const padded = column === headings.length - 1 ? text : pad(text, widths[column] ?? 0);
        return paint(padded, index - 1, column);
      })
      .join(' '.repeat(GAP)),
  );
}

/** The same widths, with the widest made narrower until their sum is no more than `available`. */
function fit(natural: readonly number[], available: number): number[] {
  const widths = [...natural];
  while (widths.reduce((sum, width) => sum + width, 0) > available) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
