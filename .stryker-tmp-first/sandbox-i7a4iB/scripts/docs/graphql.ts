// @ts-nocheck
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  lexicographicSortSchema,
} from 'graphql';

/** The reference of a schema: every operation, then every type that they lead to. */
export function graphqlReference(given: GraphQLSchema): string {
  const schema = lexicographicSortSchema(given);
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && type !== query && type !== mutation,
  );
  return [
    '## Queries',
    ...Object.values(query?.getFields() ?? {}).flatMap((field) => operation('query', field)),
    '## Mutations',
    ...Object.values(mutation?.getFields() ?? {}).flatMap((field) => operation('mutation', field)),
    '## Types',
    ...types.flatMap(describeType),
  ].join('\n\n');
}

/** The kind is in the heading since a field and a type may differ in a capital alone, which no anchor keeps. */
function operation(kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): string[] {
  return [
    `### ${kind} ${field.name}`,
    text(field.description),
    ...argumentsOf(field, 'Arguments:'),
    `Returns ${typeLink(field.type)}.${deprecation(field)}`,
  ];
}

function argumentsOf(field: GraphQLField<unknown, unknown>, heading: string): string[] {
  if (field.args.length === 0) return [];
  const lines = field.args.map((arg) =>
    `- \`${arg.name}\`: ${typeLink(arg.type)}${defaultValue(arg)}. ${text(arg.description)}`.trimEnd(),
  );
  return [`${heading}\n\n${lines.join('\n')}`];
}

function describeType(type: GraphQLNamedType): string[] {
  return [`### ${type.name}`, `${kind(type)} ${text(type.description)}`.trim(), ...members(type)];
}

function kind(type: GraphQLNamedType): string {
  if (isEnumType(type)) return 'An enumeration.';
  if (isInputObjectType(type)) return 'An input.';
  if (isScalarType(type)) return 'A scalar.';
  if (isInterfaceType(type)) return 'An interface.';
  if (isUnionType(type)) return `One of ${type.getTypes().map(typeLink).join(', ')}.`;
  return 'An object.';
}

function members(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) {
    return [
      type
        .getValues()
        .map((value) => `- \`${value.name}\`: ${text(value.description)}`)
        .join('\n'),
    ];
  }
  if (isInputObjectType(type)) return [table(Object.values(type.getFields()).map(row))];
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields());
  return [table(fields.map(row)), ...fields.flatMap((field) => argumentsOf(field, `Arguments of \`${field.name}\`:`))];
}

function row(field: GraphQLField<unknown, unknown> | GraphQLInputField): string[] {
  const preset = 'args' in field ? '' : defaultValue(field);
  return [`\`${field.name}\``, `${typeLink(field.type)}${preset}`, `${text(field.description)}${deprecation(field)}`];
}

function table(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return ['| field | type | |', '|---|---|---|', ...lines].join('\n');
}

/** A type as GraphQL writes it, with a link to what it is made of. */
function typeLink(type: GraphQLType): string {
  const named = getNamedType(type);
  const written = `\`${String(type)}\``;
  return isSpecifiedScalarType(named) ? written : `[${written}](#${named.name.toLowerCase()})`;
}

function defaultValue(input: GraphQLArgument | GraphQLInputField): string {
  const preset = input.default;
  if (preset === undefined) return '';
  return ` = \`${'value' in preset ? JSON.stringify(preset.value) : '…'}\``;
}

function deprecation({ deprecationReason }: { deprecationReason?: string | null | undefined }): string {
  return deprecationReason === undefined || deprecationReason === null ? '' : ` **Deprecated:** ${deprecationReason}`;
}

function text(description: string | null | undefined): string {
  return (description ?? '').replaceAll(/\s+/g, ' ').trim();
}
