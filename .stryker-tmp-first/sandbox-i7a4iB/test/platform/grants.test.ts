// @ts-nocheck
import { expect, it } from 'vitest';
import { ServiceError } from '../../src/base/errors.ts';
import type { DataEngine } from '../../src/platform/engine.ts';
import { Platform } from '../../src/platform/platform.ts';

/** A platform whose database answers for people, and for no right of theirs. */
function failing(find: () => Promise<never>): Platform {
  const driver = { find };
  const engine = { getObject: () => ({}), getDriverForObject: () => driver } as unknown as DataEngine;
  return new Platform(engine, async () => expect.unreachable('no service is needed'), 50);
}

it.each<[string, () => Promise<never>]>([
  ['fails', () => Promise.reject(new Error('Connection terminated unexpectedly'))],
  ['has no such table', () => Promise.reject(new Error('no such table: sys_user_position'))],
  ['does not answer', () => new Promise(() => undefined)],
])('the rights of a person are unavailable, and not an error of ours, where the database %s', async (_how, find) => {
  for (const ask of [
    (platform: Platform): Promise<unknown> => platform.capabilitiesOf('ada', 'org'),
    (platform: Platform): Promise<unknown> => platform.permissionSetsOf('ada', 'org'),
    (platform: Platform): Promise<unknown> => platform.contextOf({ userId: 'ada', organizationId: 'org' }),
  ]) {
    const error: unknown = await Promise.resolve(ask(failing(find))).catch((thrown: unknown) => thrown);
    // The error of the platform has this code as well, and both endpoints would answer 500 to it.
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  }
});
