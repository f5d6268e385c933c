/**
 * The parts of an object declaration that are used here. Applications declare objects, too, so any
 * property may be missing.
 */
// @ts-nocheck

export interface ObjectDeclaration {
  readonly name?: unknown;
  /** An object of the platform or of a plugin, not of an application. */
  readonly isSystem?: unknown;
  /** Who writes its rows: `better-auth` for the tables of sign-in. */
  readonly managedBy?: unknown;
  /** The table of an external object, if it differs from the name. */
  readonly external?: unknown;
  readonly datasource?: unknown;
  readonly tableName?: unknown;
  readonly table?: unknown;
  readonly access?: { readonly default?: unknown } | null | undefined;
  readonly fields?: Readonly<Record<string, FieldDeclaration | null | undefined>> | null | undefined;
}

/** The parts of a field declaration that are used here. */
export interface FieldDeclaration {
  readonly type?: unknown;
  /** The platform never serializes it. */
  readonly internal?: unknown;
  readonly hidden?: unknown;
  /** A column that the platform adds to every object. */
  readonly system?: unknown;
  /** The target object of a relation. */
  readonly reference?: unknown;
  /** What a roll-up summarizes. */
  readonly summaryOperations?: { readonly object?: unknown } | null | undefined;
}

/** The fields of an object by their names. */
export function fieldsOf(declaration: ObjectDeclaration | undefined): [name: string, field: FieldDeclaration][] {
  return Object.entries(declaration?.fields ?? {}).map(([name, field]) => [name, field ?? {}]);
}
