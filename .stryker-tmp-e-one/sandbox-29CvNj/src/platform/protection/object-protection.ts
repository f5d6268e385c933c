// @ts-nocheck
import { fieldsOf, type ObjectDeclaration } from './declaration.ts';
import { isProtectedField, isSecretField } from './protected-fields.ts';
import { isMasked } from './secret-field.ts';

/** The part of the engine's object registry that is used. */
export interface ObjectRegistry {
  getObject(name: string): ObjectDeclaration | undefined;
  /** Every declaration of an object: its owner's, those that extend it, the one that replaces it. */
  getObjectContributors(name: string): readonly { readonly definition: ObjectDeclaration }[];
}

/** A field that a clause must not name. */
export interface ProtectedField {
  readonly object: string;
  readonly field: string;
}

/** The protection of one object. All names are in lower case, because SQLite accepts `TOKEN` for `token`. */
export interface ObjectProtection {
  /** Whether a name, declared or not, is a protected field. */
  isProtected(field: string): boolean;
  readonly protectedNames: ReadonlySet<string>;
  /** The secret columns that the platform would return, as spelled in a row. */
  readonly shown: readonly string[];
  /** The secret columns that the platform masks, but only in what it reads: a write returns their values. */
  readonly masked: readonly string[];
  /** The target objects of its relations. */
  readonly relations: ReadonlyMap<string, string>;
}

/** Names that drivers accept on every object, regardless of its declaration. */
const BUILT_IN: ReadonlySet<string> = new Set(['id', 'created_at', 'updated_at', 'createdat', 'updatedat']);
const COMPUTED: ReadonlySet<unknown> = new Set(['formula', 'summary']);

/**
 * Decides which fields of an object are protected. A field is protected if any declaration of the object
 * says so: an overlay that redeclares or omits it changes nothing. A formula or roll-up that uses a
 * protected field is protected, too, because its value reveals that of the field.
 */
export class ObjectProtections {
  readonly #registry: ObjectRegistry;
  /** Cached by the merged declaration, which the registry rebuilds when a part changes. */
  readonly #known = new WeakMap<ObjectDeclaration, ObjectProtection>();

  constructor(registry: ObjectRegistry) {
    this.#registry = registry;
  }

  of(object: string): ObjectProtection {
    const merged = this.#registry.getObject(object);
    if (merged === undefined) return this.#protectionOf(object, []);
    let protection = this.#known.get(merged);
    if (protection === undefined) {
      protection = this.#protectionOf(object, this.#declarations(object, merged));
      this.#known.set(merged, protection);
    }
    return protection;
  }

  /**
   * The protected field that a name in a clause refers to: the field itself, a path to it over
   * relations, or a spelling such as `table.field` that a database accepts.
   */
  find(object: string, name: string): ProtectedField | undefined {
    // Any separator of words separates names: dots, quotes, brackets and `as`.
    return this.#follow(
      object,
      name.split(/[^\p{L}\p{N}_$]+/u).filter((segment) => segment !== ''),
    );
  }

  #follow(object: string, [first, ...rest]: readonly string[]): ProtectedField | undefined {
    if (first === undefined) return undefined;
    if (rest.length > 0 && first.toLowerCase() === object.toLowerCase()) return this.#follow(object, rest);
    const own = this.of(object);
    if (own.isProtected(first)) return { object, field: first };
    const target = own.relations.get(first.toLowerCase());
    const field = rest.find((segment) =>
      target === undefined ? own.isProtected(segment) : own.protectedNames.has(segment.toLowerCase()),
    );
    if (field !== undefined) return { object, field };
    return target === undefined ? undefined : this.#follow(target, rest);
  }

  #declarations(object: string, merged: ObjectDeclaration): ObjectDeclaration[] {
    const name = typeof merged.name === 'string' ? merged.name : object;
    return [merged, ...this.#registry.getObjectContributors(name).map(({ definition }) => definition)];
  }

  #protectionOf(object: string, declarations: readonly ObjectDeclaration[]): ObjectProtection {
    const [merged] = declarations;
    const fields = declarations.flatMap((declaration) =>
      fieldsOf(declaration).map(([name, field]) => ({ name, field, declaration })),
    );
    const secrets = fields.filter(({ name, declaration }) => isSecretField(object, name, declaration));
    const protectedNames = lowerCase(
      fields.filter(({ name, declaration }) => isProtectedField(object, name, declaration)),
    );
    const computed = this.#computedOver(declarations, protectedNames);
    for (const name of computed) protectedNames.add(name.toLowerCase());
    const declared = lowerCase(fields);
    const names = [...new Set([...secrets.map(({ name }) => name), ...computed])];
    return {
      protectedNames,
      shown: names.filter((name) => !isMasked(merged, name)),
      masked: names.filter((name) => isMasked(merged, name)),
      relations: new Map(
        fields.flatMap(({ name, field: { reference } }): [string, string][] =>
          typeof reference === 'string' ? [[name.toLowerCase(), reference]] : [],
        ),
      ),
      isProtected(field) {
        const name = field.toLowerCase();
        if (protectedNames.has(name)) return true;
        // In a table of credentials, a column without a declaration is always secret.
        return !declared.has(name) && !BUILT_IN.has(name) && isProtectedField(object, name, merged);
      },
    };
  }

  /** The computed fields whose expression uses a protected field of this object or of a related one. */
  #computedOver(declarations: readonly ObjectDeclaration[], protectedNames: ReadonlySet<string>): Set<string> {
    const tainted = new Set<string>();
    const computed = declarations.flatMap(fieldsOf).filter(([, field]) => COMPUTED.has(field.type));
    if (computed.length === 0) return tainted;
    const names = new Set(protectedNames);
    for (const [, field] of declarations.flatMap(fieldsOf)) {
      for (const target of [field.reference, field.summaryOperations?.object]) {
        if (typeof target === 'string') for (const name of this.#declaredProtected(target)) names.add(name);
      }
    }
    for (let before = -1; before !== tainted.size; ) {
      before = tainted.size;
      for (const [name, field] of computed) {
        const words =
          JSON.stringify(field)
            .toLowerCase()
            .match(/[\p{L}\p{N}_$]+/gu) ?? [];
        if (!words.some((word) => names.has(word))) continue;
        tainted.add(name);
        names.add(name.toLowerCase());
      }
    }
    return tainted;
  }

  #declaredProtected(object: string): string[] {
    const merged = this.#registry.getObject(object);
    if (merged === undefined) return [];
    return this.#declarations(object, merged).flatMap((declaration) =>
      fieldsOf(declaration)
        .filter(([name]) => isProtectedField(object, name, declaration))
        .map(([name]) => name.toLowerCase()),
    );
  }
}

function lowerCase(fields: readonly { readonly name: string }[]): Set<string> {
  return new Set(fields.map(({ name }) => name.toLowerCase()));
}
