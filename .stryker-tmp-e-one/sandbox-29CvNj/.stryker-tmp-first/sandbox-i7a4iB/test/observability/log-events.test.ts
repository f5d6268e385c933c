// @ts-nocheck
// 
import { stripVTControlCharacters } from 'node:util';
import { createLogger, generateApiKey } from '@objectstack/core';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/deadline.ts';
import { ServiceError, unavailable } from '../../src/base/errors.ts';
import { Exchange } from '../../src/http/exchange.ts';
import { kernelLog, LogEvents } from '../../src/observability/log-events.ts';
import { createLog } from '../../src/standalone/log.ts';
import { prettyLine } from '../../src/standalone/log-pretty.ts';
import { captureOutput } from '../support/output.ts';

/** What the log of the standalone server writes. */
function written(
  act: (log: ReturnType<typeof createLog>) => void,
  level: 'info' | 'error' | 'silent' = 'info',
): string {
  const output = captureOutput();
  try {
    act(createLog({ level, pretty: false }));
  } finally {
    output.stop();
  }
  return output.text();
}

function failure(cause: unknown): Record<string, unknown> {
  const text = written((log) => exchangeOf(new LogEvents(log)).failed(unavailable(cause)));
  return JSON.parse(text) as Record<string, unknown>;
}

const exchangeOf = (events: LogEvents): Exchange =>
  new Exchange(
    { id: 'r-1', address: undefined, endpoint: 'rest', idempotencyKey: null, budget: new Budget(1000) },
    events,
  );

describe('the log of a failure', () => {
  it('logs the class, the code and the location of the cause, and nothing of its message', () => {
    const { hash } = generateApiKey();
    const cause = Object.assign(
      new RangeError(`insert into sys_api_key values ('${hash}')\n    at forged (/x.ts:1:1)`),
      {
        code: 'SQLITE_BUSY',
      },
    );
    const line = failure(cause);

    expect(line).toMatchObject({
      level: 'error',
      msg: 'request failed',
      request: 'r-1',
      code: 'SERVICE_UNAVAILABLE',
      cause: 'RangeError',
      causeCode: 'SQLITE_BUSY',
    });
    expect(line['at']).toMatch(/log-events\.test\.ts:\d+:\d+$/);
    expect(JSON.stringify(line)).not.toContain(hash);
  });

  it('logs no location if the message was changed, because the stack may contain the old message', () => {
    const { raw } = generateApiKey();
    const cause = new Error(`statement with ${raw}`);
    // V8 writes the stack when it is first read.
    expect(cause.stack).toContain(raw);
    cause.message = 'redacted';
    const line = failure(cause);

    expect(line).toMatchObject({ cause: 'Error' });
    expect(JSON.stringify(line)).not.toContain(raw);
  });

  it.each([
    ['a value', `key ${generateApiKey().raw}`],
    ['a code in lower case', Object.assign(new Error('x'), { code: generateApiKey().raw })],
    ['a thrown object', { key: generateApiKey().raw }],
    ['nothing', undefined],
  ])('does not show %s', (_kind, cause) => {
    expect(JSON.stringify(failure(cause))).not.toContain('osk_');
  });

  it('is not written for what the caller did wrong', () => {
    const text = written((log) => exchangeOf(new LogEvents(log)).failed(new ServiceError('VALIDATION_FAILED')));
    expect(text).toBe('');
  });
});

describe('the level', () => {
  it.each([
    ['info', 2],
    ['error', 1],
    ['silent', 0],
  ] as const)('%s lets through what it says', (level, lines) => {
    const text = written((log) => {
      const exchange = exchangeOf(new LogEvents(log));
      exchange.failed(unavailable());
      exchange.answered(503);
    }, level);
    expect(text.split('\n').filter(Boolean)).toHaveLength(lines);
  });
});

describe('the logger of a host kernel', () => {
  it('gets the same fields', () => {
    const output = captureOutput();
    try {
      const exchange = exchangeOf(new LogEvents(kernelLog(createLogger({ level: 'info', format: 'json' }))));
      exchange.failed(unavailable(new TypeError('hidden')));
      exchange.answered(503);
    } finally {
      output.stop();
    }
    const [failed, answered] = output
      .text()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as object);
    expect(failed).toMatchObject({ level: 'error', request: 'r-1', code: 'SERVICE_UNAVAILABLE', cause: 'TypeError' });
    expect(answered).toMatchObject({
      level: 'info',
      request: 'r-1',
      endpoint: 'rest',
      code: 'SERVICE_UNAVAILABLE',
      status: 503,
    });
    expect(output.text()).not.toContain('hidden');
  });
});

describe('a line for a person', () => {
  it('shows the time of day, the level, the message and the fields', () => {
    const line = prettyLine(
      '{"level":"info","time":"2030-01-02T03:04:05.678Z","request":"r-1","ms":1.5,"msg":"request"}\n',
    );
    expect(stripVTControlCharacters(line)).toBe('03:04:05.678 info  request request=r-1 ms=1.5\n');
  });
});
