// @ts-nocheck
// 
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { schemaText } from '../src/schema/index.ts';
import { breakageReport } from './breaking-changes.ts';

// Writes schema.graphql. A breaking change is written only with --breaking, so that it is not
// waved through by running the command that the test of the snapshot asks for.
const { values } = parseArgs({ options: { breaking: { type: 'boolean', default: false } } });
const file = new URL('../schema.graphql', import.meta.url);
const text = schemaText();
const report = breakageReport(await readFile(file, 'utf8'), text);
if (report !== undefined && !values.breaking) {
  process.stderr.write(`${report}\n`);
  process.exitCode = 1;
} else {
  await writeFile(file, text);
}
