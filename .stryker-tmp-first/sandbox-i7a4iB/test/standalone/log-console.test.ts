// @ts-nocheck
import { generateApiKey } from '@objectstack/core';
import { expect, it } from 'vitest';
import { createLog } from '../../src/standalone/log.ts';
import { consoleInto } from '../../src/standalone/log-console.ts';
import { logged } from '../support/log.ts';
import { captureOutput } from '../support/output.ts';

/** What a library's call of the console becomes. */
function lineOf(message: string, write: () => void): Record<string, unknown> | undefined {
  const output = captureOutput();
  try {
    consoleInto(createLog({ level: 'debug', pretty: false }));
    write();
  } finally {
    // Puts the console back as it was.
    output.stop();
  }
  expect(output.text().split('\n')).toHaveLength(2);
  return logged(output.text(), message)[0];
}

it('a line on the console becomes one JSON object, with its level', () => {
  expect(lineOf('gone: { a: 1 }', () => console.warn('gone:', { a: 1 }))).toMatchObject({ level: 'warn' });
  expect(lineOf('two\nlines', () => console.log('two\nlines'))).toMatchObject({ level: 'info' });
});

it('a statement that a driver prints is cut off, with the values in it', () => {
  const { hash } = generateApiKey();
  const line = lineOf('refused. statement: [redacted]', () =>
    console.error(`refused. statement: INSERT INTO sys_api_key\nVALUES ('${hash}'); dialect: duplicate '${hash}'`),
  );
  expect(line).toMatchObject({ level: 'error' });
  expect(JSON.stringify(line)).not.toContain(hash);
});

it('colours and other control sequences are taken out', () => {
  expect(lineOf('WARN late', () => console.warn('\u001b[33mWARN\u001b[0m late'))).toBeDefined();
});
