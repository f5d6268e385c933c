import { fieldsOf, type ObjectDeclaration } from './declaration.ts';
import { isProtectedField, isSecretField } from './protected-fields.ts';
import { isMasked } from './secret-field.ts';

/** The part of the engine's registry of objects that is asked. */
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

/** What is known of an object. All names are in lower case: SQLite takes `TOKEN` for `token`. */
interface ObjectProtection {
  /** Whether a name is that of a protected field, declared or not. */
  isProtected(field: string): boolean;
  readonly protectedNames: ReadonlySet<string>;
  /** The secrets that the platform would show, as they are spelled in a row. */
  readonly shown: readonly string[];
  /** The objects that its relations lead to. */
  readonly relations: ReadonlyMap<string, string>;
}

/** Names that drivers know on every object, whatever it declares. */
const BUILT_IN: ReadonlySet<string> = new Set(['id', 'created_at', 'updated_at', 'createdat', 'updatedat']);
const COMPUTED: ReadonlySet<unknown> = new Set(['formula', 'summary']);

/**
 * Which fields of which object are protected. A field is, if any declaration of the object says so:
 * an overlay that declares it anew, or leaves it out, changes nothing. So is a formula or a roll-up
 * that names one, since its value is made of the other's.
 */
export class ObjectProtections {
  readonly #registry: ObjectRegistry;
  /** By the merged declaration, which the registry makes anew when one of its parts changes. */
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
   * The protected field that a name in a clause leads to: the field itself, a path to one over
   * relations, or a spelling such as `table.field` that a database takes for it.
   */
  find(object: string, name: string): ProtectedField | undefined {
    // Whatever separates words separates names: dots, quotes, brackets and `as`.
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
    return {
      protectedNames,
      shown: [...new Set([...secrets.map(({ name }) => name), ...computed])].filter((name) => !isMasked(merged, name)),
      relations: new Map(
        fields.flatMap(({ name, field: { reference } }): [string, string][] =>
          typeof reference === 'string' ? [[name.toLowerCase(), reference]] : [],
        ),
      ),
      isProtected(field) {
        const name = field.toLowerCase();
        if (protectedNames.has(name)) return true;
        // A column that no declaration has is secret in a table of credentials, whatever it holds.
        return !declared.has(name) && !BUILT_IN.has(name) && isProtectedField(object, name, merged);
      },
    };
  }

  /** The computed fields whose expression names a protected field, of this object or of one it leads to. */
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
