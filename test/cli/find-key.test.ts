import { describe, expect, it } from 'vitest';
import type { Execute } from '../../src/cli/connect.ts';
import { wholeId } from '../../src/cli/find-key.ts';

const IDS = ['01a3185c5000-aaaa', '01a3185c5000-bbbb', '01a3185c9999-cccc'];
const named = (id: string) => ({ id, name: `key ${id.at(-1)}` });

/** A server with these keys, that answers `apiKey(id)` and lists two keys a page. */
function server(ids: readonly string[] = IDS) {
  const asked: unknown[] = [];
  const execute = async (_document: unknown, variables: { id?: string; after?: string | null }) => {
    asked.push(variables);
    if (variables.id !== undefined) {
      const id = ids.find((known) => known === variables.id);
      return { apiKey: id === undefined ? null : named(id) };
    }
    const from = Number(variables.after ?? 0);
    const pageInfo = { hasNextPage: from + 2 < ids.length, endCursor: String(from + 2) };
    return { viewer: { apiKeys: { nodes: ids.slice(from, from + 2).map(named), pageInfo } } };
  };
  return { asked, execute: execute as unknown as Execute };
}

describe('the id of a key at a terminal', () => {
  it('is taken as it is, in one question', async () => {
    const { asked, execute } = server();
    expect(await wholeId(execute, '01a3185c5000-aaaa')).toBe('01a3185c5000-aaaa');
    expect(asked).toEqual([{ id: '01a3185c5000-aaaa' }]);
  });

  it('may be shortened where one key begins so, on whichever page it is', async () => {
    expect(await wholeId(server().execute, '01a3185c5000-b')).toBe('01a3185c5000-bbbb');
    expect(await wholeId(server().execute, '01a3185c99')).toBe('01a3185c9999-cccc');
  });

  it('is refused where several begin so, with each of them', async () => {
    await expect(wholeId(server().execute, '01a3185c50')).rejects.toMatchObject({
      code: 'AMBIGUOUS_ID',
      message:
        'Several keys begin with "01a3185c50": 01a3185c5000-aaaa ("key a"), 01a3185c5000-bbbb ("key b"). ' +
        'Give more characters of the id.',
    });
  });

  it('is left to the server where none begins so, or where it is shorter than four characters', async () => {
    expect(await wholeId(server().execute, 'nothing')).toBe('nothing');
    const { asked, execute } = server(['01a3185c5000-aaaa']);
    expect(await wholeId(execute, '01a')).toBe('01a');
    expect(asked).toEqual([{ id: '01a' }]);
  });

  it('is not a key, which is neither sent nor repeated', async () => {
    const key = `osk_${'s'.repeat(43)}`;
    const { asked, execute } = server();
    await expect(wholeId(execute, key)).rejects.toMatchObject({
      message: expect.not.stringContaining('sss'),
    });
    expect(asked).toEqual([]);
  });
});
