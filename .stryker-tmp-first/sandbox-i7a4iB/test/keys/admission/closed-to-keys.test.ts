// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { withinRequest } from '../../../src/http/request-scope.ts';
import { closedToKeys } from '../../../src/keys/admission/closed-to-keys.ts';
import type { EngineOperation } from '../../../src/platform/middleware.ts';

const DECLARATIONS: Readonly<Record<string, object>> = {
  sys_session: { managedBy: 'better-auth', isSystem: true },
  sys_email: { isSystem: true },
  sys_new_credential: { managedBy: 'better-auth', isSystem: true },
  notes_note: {},
};
const middleware = closedToKeys({ getObject: (name) => DECLARATIONS[name] });

/** Whether an operation reaches the database, in a request with these headers. */
async function passes(headers: Record<string, string>, operation: EngineOperation): Promise<boolean> {
  let reached = false;
  const scope = { id: 'r', address: undefined, url: '/', headers: new Headers(headers) };
  const run = (): Promise<void> =>
    middleware(operation, async () => {
      reached = true;
    });
  try {
    await withinRequest(scope, run);
  } catch (error) {
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED', statusCode: 403, name: 'PermissionDeniedError' });
    expect(reached).toBe(false);
  }
  return reached;
}

const KEY = { 'x-api-key': 'osk_A' };
const SESSION = { authorization: 'Bearer a-session-token' };
const SYSTEM = { isSystem: true };
const PERSON = { userId: 'usr_1' };

describe('in a request with a key', () => {
  it.each(['insert', 'update', 'delete'] as const)(
    'no %s reaches a table of keys, not even by the system',
    async (operation) => {
      for (const object of [
        'sys_api_key',
        'sys_api_key_detail',
        'sys_api_key_ledger',
        'sys_api_key_policy',
        'sys_api_key_usage',
      ]) {
        for (const context of [SYSTEM, PERSON, undefined]) {
          const asked = { object, operation, ...(context && { context }) };
          expect(await passes(KEY, asked)).toBe(false);
          expect(await passes(SESSION, asked)).toBe(true);
        }
      }
    },
  );

  it.each(['find', 'findOne', 'count', 'aggregate', 'insert', 'update', 'delete'] as const)(
    'no %s reaches a table of credentials for a person',
    async (operation) => {
      for (const object of ['sys_session', 'sys_email', 'sys_new_credential', 'sys_account']) {
        expect(await passes(KEY, { object, operation, context: PERSON })).toBe(false);
        expect(await passes(KEY, { object, operation })).toBe(false);
        expect(await passes(SESSION, { object, operation, context: PERSON })).toBe(true);
      }
    },
  );

  it('the platform may read sessions to find the caller, and may not write one', async () => {
    expect(await passes(KEY, { object: 'sys_session', operation: 'find', context: SYSTEM })).toBe(true);
    expect(await passes(KEY, { object: 'sys_session', operation: 'insert', context: SYSTEM })).toBe(false);
    expect(await passes(KEY, { object: 'sys_new_credential', operation: 'update', context: SYSTEM })).toBe(false);
    expect(await passes(KEY, { object: 'sys_email', operation: 'insert', context: SYSTEM })).toBe(true);
  });

  it('keys are read, and records are written', async () => {
    expect(await passes(KEY, { object: 'sys_api_key', operation: 'find', context: PERSON })).toBe(true);
    expect(await passes(KEY, { object: 'notes_note', operation: 'insert', context: PERSON })).toBe(true);
  });
});

it('what is done for nobody is not done by a key', async () => {
  let reached = false;
  await middleware({ object: 'sys_api_key', operation: 'update', context: SYSTEM }, async () => {
    reached = true;
  });
  expect(reached).toBe(true);
});
