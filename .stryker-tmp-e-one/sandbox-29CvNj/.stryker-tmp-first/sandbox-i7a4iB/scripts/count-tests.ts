// @ts-nocheck
// 
import { readFile } from 'node:fs/promises';

/**
 * Prints "N passed, N failed" from vitest's JSON report, for a CI that reads the last line.
 * usage: count-tests.ts <report> <exit code of the run>
 *
 * Without a report (the run never got to the tests, or crashed) there is nothing true to print; nor
 * is there when the run failed and the report knows of no test that did.
 */
const [file = '', exitCode] = process.argv.slice(2);

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { status: string }[];
  }[];
}

const report = await readFile(file, 'utf8').then(
  (text) => JSON.parse(text) as Report,
  () => undefined,
);
if (report !== undefined) {
  // A file that could not be loaded has no tests in it, and is a failure all the same.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  const skipped = report.numPendingTests === 0 ? '' : `, ${report.numPendingTests} skipped`;
  if (exitCode === '0' || failed > 0) console.log(`${report.numPassedTests} passed, ${failed} failed${skipped}`);
}
