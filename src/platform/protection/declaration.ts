/**
 * What an object of the data engine says about itself, as far as it is asked here. Applications
 * declare objects too, and anything may be missing.
 */
export interface ObjectDeclaration {
  readonly name?: unknown;
  /** An object of the platform or of a plugin, not of an application. */
  readonly isSystem?: unknown;
  /** Who writes its rows: `better-auth` for the tables of sign-in. */
  readonly managedBy?: unknown;
  /** Where the rows are, for an object whose table is not that of its name. */
  readonly external?: unknown;
  readonly datasource?: unknown;
  readonly tableName?: unknown;
  readonly table?: unknown;
  readonly access?: { readonly default?: unknown } | null | undefined;
  readonly fields?: Readonly<Record<string, FieldDeclaration | null | undefined>> | null | undefined;
}

/** What a field says about itself. */
export interface FieldDeclaration {
  readonly type?: unknown;
  /** Never serialized, by the platform's own rule. */
  readonly internal?: unknown;
  readonly hidden?: unknown;
  /** One of the columns that the platform adds to every object by itself. */
  readonly system?: unknown;
  /** The object that a relation leads to. */
  readonly reference?: unknown;
  /** What a roll-up summarizes. */
  readonly summaryOperations?: { readonly object?: unknown } | null | undefined;
}

/** The fields of an object by their names. */
export function fieldsOf(declaration: ObjectDeclaration | undefined): [name: string, field: FieldDeclaration][] {
  return Object.entries(declaration?.fields ?? {}).map(([name, field]) => [name, field ?? {}]);
}
