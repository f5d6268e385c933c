// @ts-nocheck
// 
import type { MiddlewareEngine } from '../middleware.ts';
import { isRecord } from './clause-names.ts';
import type { ObjectDeclaration } from './declaration.ts';
import type { ObjectProtections, ObjectRegistry } from './object-protection.ts';
import { ProtectedTableError } from './refusal.ts';
import { aliasedTable, isReservedTable, summaries, wordsOf } from './table-alias.ts';
import { leadsToReserved } from './views.ts';

/** The part of the engine that maps objects to tables. */
export interface AliasEngine extends MiddlewareEngine {
  readonly registry: ObjectRegistry & {
    getAllObjects(): readonly ObjectDeclaration[];
    registerObject(declaration: ObjectDeclaration, ...more: unknown[]): unknown;
  };
  getDriverForObject(object: string): unknown;
}

interface Operation {
  readonly object: string;
  readonly operation?: string;
  readonly data?: unknown;
}

/**
 * Prevents objects that are aliases of a platform table. With such an alias, an administrator's key
 * could read all session tokens and write keys for anyone with a hash of its choice. An alias is
 * rejected when it is stored, when it is registered (by a package, at start-up or at run time), and
 * when it is used, by any caller.
 */
export function protectTables(engine: AliasEngine, protections: ObjectProtections): void {
  const { registry } = engine;
  const assertNoAlias = (declaration: ObjectDeclaration): void => {
    const name = String(declaration.name ?? '');
    const copies = summaries(declaration).some(({ object, words }) =>
      words.some((word) => protections.of(object).protectedNames.has(word.toLowerCase())),
    );
    if (copies || aliasedTable(declaration, registry.getObject(name), registry) !== undefined) {
      throw new ProtectedTableError(name);
    }
  };

  const register = registry.registerObject.bind(registry);
  registry.registerObject = (declaration, ...more) => {
    assertNoAlias(declaration);
    return register(declaration, ...more);
  };
  for (const declaration of registry.getAllObjects()) assertNoAlias(declaration);

  const checked = new WeakSet<ObjectDeclaration>();
  engine.registerMiddleware(async ({ object, operation, data }: Operation, next) => {
    // The table of definitions: an alias is rejected before it is stored, whoever writes it.
    if (object === 'sys_metadata' && operation !== 'delete')
      for (const part of declarationsIn(data)) assertNoAlias(part);
    const declaration = registry.getObject(object) ?? { name: object };
    const driver = engine.getDriverForObject(object);
    // The driver remembers the old table of an object, even after it is redefined.
    const place =
      isRecord(driver) && isRecord(driver['physicalTableByObject'])
        ? driver['physicalTableByObject'][object]
        : undefined;
    if (typeof place === 'string' && wordsOf(place).some((word) => isReservedTable(word, registry))) {
      throw new ProtectedTableError(object);
    }
    if (!checked.has(declaration)) {
      assertNoAlias(declaration);
      if (isRecord(declaration.external) && (await leadsToReserved(driver, declaration, place, registry))) {
        throw new ProtectedTableError(object);
      }
      checked.add(declaration);
    }
    await next();
  });
}

/** The object definitions in metadata that is about to be stored, at any depth. */
function declarationsIn(value: unknown): ObjectDeclaration[] {
  if (typeof value === 'string')
    return value.startsWith('{') || value.startsWith('[') ? declarationsIn(parse(value)) : [];
  if (Array.isArray(value)) return value.flatMap(declarationsIn);
  if (!isRecord(value)) return [];
  const own = typeof value['name'] === 'string' && isRecord(value['fields']) ? [value] : [];
  return [...own, ...Object.values(value).flatMap(declarationsIn)];
}

/** Parses metadata, which is stored as JSON text. Text that is not JSON contains no definition. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
