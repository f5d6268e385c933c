/** Tells how it goes, on stderr: stdout is for the result alone, so that it can be piped. */
export function progress(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** Writes a line of the result. */
export function result(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Text of a server as it may be shown on a terminal: a name or a message with control characters
 * could move the cursor, hide lines or set the window's title.
 */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Cf}/gu, '\u{fffd}');
}

/** Rows as aligned columns under their headings. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [headings, ...rows.map((row) => row.map(printable))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
