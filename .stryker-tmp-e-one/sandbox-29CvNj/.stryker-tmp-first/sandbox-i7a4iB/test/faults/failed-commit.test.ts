// @ts-nocheck
// 
import { describe, expect, it } from 'vitest';
import { Driver } from '../support/leak-hunt/drive.ts';
import { HuntedServer } from '../support/leak-hunt/server.ts';

describe('a commit that fails', () => {
  it('is no success: no key is answered, no row is there, and the next request is served', async () => {
    await using server = await HuntedServer.start();
    const driver = new Driver(server.recorder, await server.signIn());
    const ids = (): unknown[] => {
      const database = server.database();
      const rows = database.prepare('SELECT id FROM sys_api_key').all();
      database.close();
      return rows;
    };
    expect((await driver.create('before')).status).toBe(200);
    const before = ids();
    expect(before).toHaveLength(1);

    for (const ask of [() => driver.create('COMMIT'), () => driver.createOverRest('COMMIT')]) {
      await server.during({ kind: 'commit' }, async () => {
        const { status, body, headers } = await ask();
        expect(status).toBe(503);
        expect(headers.get('retry-after')).not.toBeNull();
        expect(body).not.toContain('osk_');
      });
      expect(ids()).toEqual(before);
    }
    expect((await driver.create('after')).status).toBe(200);
    expect((await driver.createOverRest('after')).status).toBe(201);
    expect(ids()).toHaveLength(3);
  });
});
