// @ts-nocheck
// 
import { isRecord } from './clause-names.ts';
import { fieldsOf, type ObjectDeclaration } from './declaration.ts';

/** The part of the registry that is used. */
export interface TableOwners {
  getObject(name: string): ObjectDeclaration | undefined;
}

/** The tables of the platform and of the database itself: `pg_stats`, for example, contains samples of every column. */
const RESERVED = /^(sys_|_objectstack|sqlite_|pg_|pragma_|information_schema$|dbstat$)/;
const CATALOGUE = /^(_objectstack|sqlite_|pg_|pragma_|information_schema$|dbstat$)/;

/** Whether a word is the name of a table that no application may use. */
export function isReservedTable(word: string, owners: TableOwners): boolean {
  const name = word.toLowerCase();
  return RESERVED.test(name) || owners.getObject(name)?.isSystem === true;
}

/**
 * The protected table that an object would be an alias of. The table of an object has its name, unless
 * the object is external: then it names its table, in any spelling that the database accepts.
 *
 * @param current the existing object with this name.
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
    // No declaration may move a table of the platform to another place.
    return isRecord(declaration.external) || remote.length > 0 || isMoved(declaration, current) ? name : undefined;
  }
  // The part before `__` is the name of a package and not part of the table name: `my__sys_session`.
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

/** The words of every string that determines the table of an object. */
function remoteWords({ external, tableName, table }: ObjectDeclaration): string[] {
  const places = [tableName, table, ...(isRecord(external) ? placesOf(external) : [])];
  return places.flatMap((place) => (typeof place === 'string' ? wordsOf(place) : []));
}

function placesOf(external: Record<string, unknown>): unknown[] {
  return Object.entries(external).flatMap(([key, value]) => (key === 'columnMap' ? [] : [value]));
}

/** Splits a name into words, without quotes, schemas, `as` and brackets. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}

/** Whether a roll-up copies a protected field into a column of its object. */
export function summaries(
  declaration: ObjectDeclaration,
): { readonly object: string; readonly words: readonly string[] }[] {
  return fieldsOf(declaration).flatMap(([, { summaryOperations }]) =>
    typeof summaryOperations?.object === 'string'
      ? [{ object: summaryOperations.object, words: wordsOf(JSON.stringify({ ...summaryOperations, object: '' })) }]
      : [],
  );
}
