// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Driver } from '../support/leak-hunt/drive.ts';
import type { Plant } from '../support/leak-hunt/fault.ts';
import { search } from '../support/leak-hunt/search.ts';
import { HuntedServer } from '../support/leak-hunt/server.ts';

/** More statements than any operation runs. */
const MAX_STATEMENTS = 60;

describe('the leak hunt', { timeout: 300_000 }, () => {
  it('finds a secret only where it belongs, whatever is asked and whatever fails', async () => {
    await using server = await HuntedServer.start();
    const { recorder } = server;
    const driver = new Driver(recorder, await server.signIn());

    await driver.life('all is well');
    expect(recorder.responses.filter(({ status }) => status >= 500)).toEqual([]);
    expect(recorder.keys.length).toBe(4);
    await driver.administration('all is well');
    await driver.mistakes();
    await driver.malformedHttp(server.url);

    // Each statement of each operation fails once.
    let statement = 1;
    for (let refused = true; refused && statement < MAX_STATEMENTS; statement += 1) {
      refused = false;
      for (const endpoint of [
        () => driver.create(`statement ${statement}`),
        () => driver.createOverRest(`statement ${statement}`),
      ]) {
        await server.during({ kind: 'statement', at: statement }, async () => {
          const { status } = await endpoint();
          refused ||= status >= 500;
        });
      }
      await server.during({ kind: 'statement', at: statement }, () => driver.life(`statement ${statement}`));
      if (statement % 4 === 0) {
        await server.during({ kind: 'statement', at: statement }, () =>
          driver.administration(`statement ${statement}`),
        );
      }
    }
    expect(statement).toBeGreaterThan(5);

    for (const kind of ['commit', 'full', 'readonly', 'same-key', 'crash', 'tenancy'] as const) {
      const failures = recorder.responses.filter(({ status }) => status >= 500).length;
      await server.during({ kind }, async () => {
        // A disk that is full still has the room of the pages that are there.
        for (
          let round = 0;
          round < 20 && recorder.responses.filter(({ status }) => status >= 500).length === failures;
          round += 1
        ) {
          await driver.life(`${kind} ${round}`);
        }
      });
      expect(recorder.responses.filter(({ status }) => status >= 500).length, `${kind} fails`).toBeGreaterThan(
        failures,
      );
      expect((await driver.create('afterwards')).status, `after ${kind}`).toBe(200);
    }
    for (const table of ['sys_api_key', 'sys_session', 'sys_user', 'sys_member']) {
      const database = server.database();
      database.exec(`ALTER TABLE ${table} RENAME TO ${table}_gone`);
      await driver.life(`without ${table}`);
      await driver.administration(`without ${table}`);
      database.exec(`ALTER TABLE ${table}_gone RENAME TO ${table}`);
      database.close();
    }
    await driver.rules('rules');
    expect(await server.readMetrics()).toBe(200);
    expect(await search(server)).toEqual([]);

    await server.during({ kind: 'drop' }, () => driver.life('the connection ends'));
    await server.stop();
    expect(await search(server)).toEqual([]);
  });

  describe('of a server that leaks on purpose', () => {
    let server: HuntedServer;
    let driver: Driver;
    beforeAll(async () => {
      server = await HuntedServer.start();
      driver = new Driver(server.recorder, await server.signIn());
    }, 120_000);
    afterAll(() => server[Symbol.asyncDispose]());
    /** What is found of the key that is created now. */
    async function findingsOfNext(create: () => Promise<unknown>): Promise<string[]> {
      const number = server.recorder.keys.length + 1;
      const before = await search(server);
      await create();
      const name = new RegExp(`key ${number}\\b`);
      return (await search(server)).filter((found) => !before.includes(found) && name.test(found));
    }

    it('finds nothing before', async () => {
      expect(await findingsOfNext(() => driver.create())).toEqual([]);
      expect(await search(server)).toEqual([]);
    });

    it('finds a history table that copies the hash, and a key in a column of its own', async () => {
      const database = server.database();
      database.exec(`CREATE TABLE history (id, copy);
        CREATE TRIGGER copies AFTER INSERT ON sys_api_key BEGIN INSERT INTO history VALUES (new.id, upper(new.key)); END`);
      expect(await findingsOfNext(() => driver.create())).toEqual([
        expect.stringMatching(
          /^the hash of key \d+ .* is in history.copy and sys_api_key.key|^the hash of key \d+ .* is in sys_api_key.key and history.copy/,
        ),
      ]);
      database.exec('DROP TRIGGER copies; DELETE FROM history');
      expect(await search(server)).toEqual([]);
      database.prepare('INSERT INTO history VALUES (1, ?)').run(server.recorder.keys[0]?.value ?? '');
      database.close();
      expect(await search(server)).toEqual([expect.stringMatching(/^key 1 .* is in the file objectstack\.db/)]);
    });

    it.each<[Plant, RegExp]>([
      ['stdout', /^key \d+ .* is in the output$/],
      ['stderr-in-part', /^key \d+ .* is in the output$/],
      ['base64', /^key \d+ .* is in the output$/],
      ['hash-in-log', /^the hash of key \d+ .* is in the output$/],
      ['header', /^key \d+ .* in a header$/],
    ])('finds a leak that is planted: %s', async (plant, finding) => {
      const found = await findingsOfNext(() =>
        server.during({ kind: 'leak', plant }, async () => {
          await driver.create();
          await driver.create();
        }),
      );
      expect(found).toEqual([expect.stringMatching(finding)]);
    });
  });
});
