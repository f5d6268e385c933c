// @ts-nocheck
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Report } from './report.ts';

const RESULTS = new URL('../results/', import.meta.url);

/** What a figure depends on besides the code. */
const MACHINE = {
  node: process.version,
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
};

/** The report as Markdown tables: they can be read in a terminal and put into the README as they are. */
export function markdown({ title, results = [], figures = [], verdicts }: Report): string {
  const [floor] = results;
  const loads = results.flatMap(({ name, startUp, memory, loads: measured }) =>
    measured.map(({ connections, rate, p50, p99, cpu }) => ({
      name,
      connections,
      'req/s': rate,
      [`/ ${floor?.name}`]: rate / (floor?.loads.find((load) => load.connections === connections)?.rate ?? Number.NaN),
      'p50 ms': p50,
      'p99 ms': p99,
      'CPU ms': cpu,
      MB: memory,
      'start ms': startUp,
    })),
  );
  const judged = verdicts.map(({ what, value, target, met }) => ({
    target: what,
    value,
    limit: target,
    met: met ? 'yes' : 'NO',
  }));
  return [`### ${title}`, ...[loads, figures, judged].filter((rows) => rows.length > 0).map(table)].join('\n\n');
}

/** Writes the report under `bench/results/`, or where nothing is kept when it was a quick one. */
export async function save(report: Report, quick: boolean): Promise<void> {
  const folder = quick ? new URL('quick/', RESULTS) : RESULTS;
  await mkdir(folder, { recursive: true });
  // What else ran: with a load far above the benchmark's own 2, latencies are the machine's.
  const saved = { ...report, quick, date: new Date().toISOString(), machine: { ...MACHINE, load: loadavg() } };
  const text = JSON.stringify(saved, (_key, value) => (typeof value === 'number' ? Number(digits(value)) : value), 2);
  await writeFile(new URL(`${report.part}.json`, folder), `${text}\n`);
}

function table(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map((column) => (typeof rows[0]?.[column] === 'number' ? '--:' : '---'))),
    ...rows.map((row) => line(columns.map((column) => show(row[column])))),
  ].join('\n');
}

function show(value: string | number | undefined): string {
  return typeof value === 'number' ? digits(value) : (value ?? '');
}

/** Three digits that mean something; whole numbers as they are. */
function digits(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
