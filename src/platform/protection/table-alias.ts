import { isRecord } from './clause-names.ts';
import { fieldsOf, type ObjectDeclaration } from './declaration.ts';

/** What is asked of the registry about tables. */
export interface TableOwners {
  getObject(name: string): ObjectDeclaration | undefined;
}

/** Tables of the platform and of databases themselves: `pg_stats` holds samples of every column. */
const RESERVED = /^(sys_|_objectstack|sqlite_|pg_|pragma_|information_schema$|dbstat$)/;
const CATALOGUE = /^(_objectstack|sqlite_|pg_|pragma_|information_schema$|dbstat$)/;

/** Whether a word is the name of a table that no application may stand for. */
export function isReservedTable(word: string, owners: TableOwners): boolean {
  const name = word.toLowerCase();
  return RESERVED.test(name) || owners.getObject(name)?.isSystem === true;
}

/**
 * The protected table that an object would be another name for. An object has the table of its name,
 * unless it is external: then it has the one that it names, in whatever spelling the database takes.
 *
 * @param current the object that has this name already.
 */
export function aliasedTable(
  declaration: ObjectDeclaration,
  current: ObjectDeclaration | undefined,
  owners: TableOwners,
): string | undefined {
  const name = String(declaration.name ?? '');
  if (CATALOGUE.test(name.toLowerCase())) return name;
  const remote = remoteWords(declaration);
  if (current?.isSystem === true && name === current.name) {
    // Nothing may move a table of the platform to where somebody else keeps it.
    return isRecord(declaration.external) || remote.length > 0 || isMoved(declaration, current) ? name : undefined;
  }
  // Up to `__` is the name of a package, which is no part of the table's: `my__sys_session`.
  const [, ...rest] = name.split('__');
  const own = [name, ...rest.map((_, index) => rest.slice(index).join('__'))];
  const isOther = (word: string): boolean => {
    const other = owners.getObject(word.toLowerCase())?.name;
    return other === word.toLowerCase() && other !== name;
  };
  return (
    remote.find((word) => isReservedTable(word, owners)) ??
    own.find((word) => isOther(word) || (word !== name && isReservedTable(word, owners)))
  );
}

function isMoved({ datasource }: ObjectDeclaration, current: ObjectDeclaration): boolean {
  return datasource !== undefined && datasource !== (current.datasource ?? 'default');
}

/** The words of every text that says where an object has its rows. */
function remoteWords({ external, tableName, table }: ObjectDeclaration): string[] {
  const places = [tableName, table, ...(isRecord(external) ? placesOf(external) : [])];
  return places.flatMap((place) => (typeof place === 'string' ? wordsOf(place) : []));
}

function placesOf(external: Record<string, unknown>): unknown[] {
  return Object.entries(external).flatMap(([key, value]) => (key === 'columnMap' ? [] : [value]));
}

/** A name as its words: quotes, schemas, `as` and brackets fall away. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}

/** Whether a roll-up of an object copies what it leads to into a column of its own. */
export function summaries(
  declaration: ObjectDeclaration,
): { readonly object: string; readonly words: readonly string[] }[] {
  return fieldsOf(declaration).flatMap(([, { summaryOperations }]) =>
    typeof summaryOperations?.object === 'string'
      ? [{ object: summaryOperations.object, words: wordsOf(JSON.stringify({ ...summaryOperations, object: '' })) }]
      : [],
  );
}
