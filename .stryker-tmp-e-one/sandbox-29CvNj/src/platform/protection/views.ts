// @ts-nocheck
import { dialectOf, isSqlDriver, query } from '../sql.ts';
import type { ObjectDeclaration } from './declaration.ts';
import { isReservedTable, type TableOwners, wordsOf } from './table-alias.ts';

const SQLITE_VIEWS = `SELECT name, sql AS definition FROM sqlite_master
  WHERE type = 'view' OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%')`;
const POSTGRES_VIEWS = `SELECT c.relname AS name, pg_get_viewdef(c.oid) AS definition
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  UNION ALL SELECT c.relname, array_to_string(f.ftoptions, ' ')
  FROM pg_foreign_table f JOIN pg_class c ON c.oid = f.ftrelid`;

/**
 * Whether the table of an external object is a view of a platform table, or of another such view. Keys
 * are stored in SQLite or PostgreSQL, so no other database can have such a view.
 *
 * @param place the table, as the driver knows it.
 * @throws the error of the database. The object is then not used.
 */
export async function leadsToReserved(
  driver: unknown,
  declaration: ObjectDeclaration,
  place: unknown,
  owners: TableOwners,
): Promise<boolean> {
  if (!isSqlDriver(driver)) return false;
  const rows = await query(driver, dialectOf(driver) === 'sqlite' ? SQLITE_VIEWS : POSTGRES_VIEWS);
  const views = new Map<string, string[]>();
  for (const row of rows) views.set(String(row['name']).toLowerCase(), wordsOf(String(row['definition'] ?? '')));
  const seen = new Set<string>();
  const leads = (word: string): boolean => {
    const name = word.toLowerCase();
    const definition = views.get(name);
    if (definition === undefined || seen.has(name)) return false;
    seen.add(name);
    return definition.some((part) => isReservedTable(part, owners) || leads(part));
  };
  return wordsOf(`${JSON.stringify(declaration.external)} ${String(place ?? '')} ${String(declaration.name)}`).some(
    leads,
  );
}
