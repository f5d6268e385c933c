import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** Names that are no secret: those of a schema. */
export class KnownNames {
  readonly #names: ReadonlySet<string>;

  constructor(schema: GraphQLSchema) {
    this.#names = namesIn(schema);
  }

  /** `createApiKey`, `[String!]!`, `Mutation.createApiKey` and `Mutation.createApiKey(input:)` are known. */
  has(name: string): boolean {
    const [coordinate = '', argument] = name.replace(/[[\]!]|:\)$/g, '').split('(');
    return this.#names.has(coordinate) && (argument === undefined || this.#names.has(argument));
  }
}

function namesIn(schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name);
    if (isEnumType(type)) for (const value of type.getValues()) names.add(value.name);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      names.add(`${type.name}.${field.name}`);
      if ('args' in field) for (const argument of field.args) names.add(argument.name);
    }
  }
  for (const directive of schema.getDirectives()) {
    names.add(directive.name);
    for (const argument of directive.args) names.add(argument.name);
  }
  return names;
}
