// @ts-nocheck
import type { DatabaseSync } from 'node:sqlite';
import type { HuntedServer } from './server.ts';
import { hashOf, occurrences, type Secret, spellings } from './traces.ts';

/** Where something is that must not be there; it never holds the secret. */
export type Finding = string;

/** Searches everything that a server has said and written so far. */
export async function search(server: HuntedServer): Promise<Finding[]> {
  const { recorder, secrets } = server;
  const hashes = recorder.keys.map(hashOf);
  const never = [...secrets, ...recorder.planted, ...hashes];
  return [
    ...searchText('the output', server.output(), [...never, ...recorder.keys]),
    ...recorder.responses.flatMap(({ label, text }) => searchText(`the response to "${label}"`, text, never)),
    ...recorder.keys.flatMap((key) => {
      const found = recorder.responses.filter(({ text }) => occurrences(key, text) > 0);
      // The REST endpoint has it twice in its body: bare, and in the envelope that some clients read.
      const answers = found.map(({ label }) => `"${label}"`);
      const inHead = found.filter(({ text }) => occurrences(key, text.slice(0, text.indexOf('\n\n'))) > 0);
      if (answers.length === 1 && inHead.length === 0) return [];
      return [`${key.label} is in the responses to ${answers.join(', ')}${inHead.length > 0 ? ', in a header' : ''}`];
    }),
    ...(await searchFiles(server)),
    ...searchRows(server, hashes),
  ];
}

function searchText(where: string, text: string, secrets: readonly Secret[]): Finding[] {
  return secrets.filter((secret) => occurrences(secret, text) > 0).map(({ label }) => `${label} is in ${where}`);
}

/** No byte of a secret is in the files, apart from what a column is for: session tokens and hashes. */
async function searchFiles(server: HuntedServer): Promise<Finding[]> {
  const secrets = [
    ...server.secrets.filter(({ label }) => !label.startsWith('session token')),
    ...server.recorder.planted,
    ...server.recorder.keys,
  ];
  const findings: Finding[] = [];
  for (const [name, bytes] of await server.files()) {
    for (const secret of secrets) {
      if (occurrences(secret, bytes) > 0) findings.push(`${secret.label} is in the file ${name}`);
    }
  }
  return findings;
}

/** Each hash is in one column of one row, and each session token in one. */
function searchRows(server: HuntedServer, hashes: readonly Secret[]): Finding[] {
  const database = server.database();
  try {
    return [
      ...hashes.flatMap((hash) => unexpected(database, hash, ['sys_api_key.key'])),
      ...server.secrets
        .filter(({ label }) => label.startsWith('session token'))
        .flatMap((token) => unexpected(database, token, ['sys_session.token'])),
    ];
  } finally {
    database.close();
  }
}

function unexpected(database: DatabaseSync, secret: Secret, expected: readonly string[]): Finding[] {
  const places = columnsOf(database).flatMap(([table, column]) => {
    const matches = spellings(secret.value)
      .map((spelling) =>
        database.prepare(`SELECT count(*) AS n FROM "${table}" WHERE instr("${column}", ?) > 0`).get(spelling),
      )
      .map((row) => (row as unknown as { n: number }).n);
    return Array<string>(Math.max(...matches)).fill(`${table}.${column}`);
  });
  return places.join() === expected.join()
    ? []
    : [`${secret.label} is in ${places.length === 0 ? 'no column' : places.join(' and ')}`];
}

function columnsOf(database: DatabaseSync): [string, string][] {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as unknown as {
    name: string;
  }[];
  return tables.flatMap(({ name }) =>
    (database.prepare(`SELECT name FROM pragma_table_info(?)`).all(name) as unknown as { name: string }[]).map(
      (column): [string, string] => [name, column.name],
    ),
  );
}
