import { describe, expect, it } from 'vitest';
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
      database.exec(`ALTER TABLE ${table}_gone RENAME TO ${table}`);
      database.close();
    }
    expect(await server.readMetrics()).toBe(200);
    expect(await search(server)).toEqual([]);

    await server.during({ kind: 'drop' }, () => driver.life('the connection ends'));
    await server.stop();
    expect(await search(server)).toEqual([]);
  });

  it.each<[Plant, RegExp]>([
    ['stdout', /^key 1 .* is in the output$/],
    ['stderr-in-part', /^key 1 .* is in the output$/],
    ['base64', /^key 1 .* is in the output$/],
    ['hash-in-log', /^the hash of key 1 .* is in the output$/],
    ['header', /^key 1 .* in a header$/],
  ])('finds a leak that is planted: %s', async (plant, finding) => {
    await using server = await HuntedServer.start(plant);
    const driver = new Driver(server.recorder, await server.signIn());
    await driver.create();
    await driver.create();
    expect((await search(server)).filter((found) => finding.test(found))).not.toEqual([]);
  });

  it('finds a history table that copies the hash, and a key in a column of its own', async () => {
    await using server = await HuntedServer.start();
    const driver = new Driver(server.recorder, await server.signIn());
    expect(await search(server)).toEqual([]);
    const database = server.database();
    database.exec(`CREATE TABLE history (id, copy);
      CREATE TRIGGER copies AFTER INSERT ON sys_api_key BEGIN INSERT INTO history VALUES (new.id, upper(new.key)); END`);
    await driver.create();
    expect(await search(server)).toEqual([
      expect.stringMatching(
        /^the hash of key 1 .* is in history.copy and sys_api_key.key|^the hash of key 1 .* is in sys_api_key.key and history.copy/,
      ),
    ]);

    database.exec(`DROP TRIGGER copies; DELETE FROM history`);
    database.prepare('INSERT INTO history VALUES (1, ?)').run(server.recorder.keys[0]?.value ?? '');
    database.close();
    expect(await search(server)).toEqual([expect.stringMatching(/^key 1 .* is in the file objectstack\.db/)]);
  });
});
