import {
  GraphQLError,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { ERRORS, type ServiceError, toServiceError } from '../errors.ts';
import { printableName, quoteName } from '../http/printable-name.ts';

/** The errors that were written for the caller here; everything else is rewritten before it is sent. */
const presented = new WeakSet<GraphQLError>();
/** What such an error was made of. */
const serviceErrors = new WeakMap<GraphQLError, ServiceError>();

/** A {@link ServiceError} as GraphQL answers it: its code, its fields, and the status of the response. */
export function toGraphQLError(error: ServiceError, source?: GraphQLError): GraphQLError {
  const graphQLError = new GraphQLError(error.message, {
    ...(source?.nodes === undefined ? {} : { nodes: source.nodes }),
    ...(source?.path === undefined ? {} : { path: source.path }),
    extensions: {
      code: error.code,
      ...(error.fields === undefined ? {} : { fields: error.fields }),
      http: { status: error.status, headers: error.headers },
    },
  });
  presented.add(graphQLError);
  serviceErrors.set(graphQLError, error);
  return graphQLError;
}

/** The {@link ServiceError} behind an error of an execution, for a door that does not speak GraphQL. */
export function toServiceErrorFromGraphQL(error: GraphQLError): ServiceError {
  const cause = rootCause(error);
  return toServiceError(cause instanceof GraphQLError ? (serviceErrors.get(cause) ?? cause) : cause);
}

/** What an error in an answer was made of; `undefined` for one of GraphQL's own. */
export function serviceErrorOf(error: GraphQLError): ServiceError | undefined {
  return serviceErrors.get(error);
}

/** Longest message that is sent: graphql-js lists fragments and fields without end. */
const MAX_MESSAGE_LENGTH = 300;

/** Codes of the GraphQL server that are kept. Any other foreign code becomes one of the contract. */
const GRAPHQL_SERVER_CODES = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/**
 * The one place that turns an error into a GraphQL answer.
 *
 * graphql-js puts what it found into its messages (`... found: { key: "osk_..." }`), so a secret
 * that was pasted in the wrong place would come back in the answer and in every log of it. Its
 * messages are rewritten: names of the schema stay, values go.
 */
export class ErrorPresenter {
  readonly #names: ReadonlySet<string>;

  constructor(schema: GraphQLSchema) {
    this.#names = namesIn(schema);
  }

  present(thrown: unknown): GraphQLError {
    if (!(thrown instanceof GraphQLError)) return toGraphQLError(toServiceError(thrown));
    if (presented.has(thrown)) return thrown;
    const original = rootCause(thrown);
    if (original instanceof GraphQLError)
      return presented.has(original) ? withSource(original, thrown) : this.#presentGraphQL(thrown);
    return toGraphQLError(toServiceError(original), thrown);
  }

  #presentGraphQL(error: GraphQLError): GraphQLError {
    const code = error.extensions['code'];
    const http = error.extensions['http'] as { status?: number; headers?: Record<string, string> } | undefined;
    const rewritten = new GraphQLError(this.#messageOf(error), {
      ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
      ...(error.source === undefined ? {} : { source: error.source }),
      ...(error.positions === undefined ? {} : { positions: error.positions }),
      ...(error.path === undefined ? {} : { path: error.path }),
      extensions: {
        code: typeof code === 'string' && GRAPHQL_SERVER_CODES.has(code) ? code : 'VALIDATION_FAILED',
        http: { ...http, status: http?.status ?? ERRORS.VALIDATION_FAILED.status },
      },
    });
    presented.add(rewritten);
    return rewritten;
  }

  #messageOf(error: GraphQLError): string {
    // "Variable "$input" got invalid value <the value> at "input.name"; <the reason>": the reason is
    // the message of the original error, and what stands before it is the value.
    const reason = error.originalError?.message;
    const variable = /^Variable "\$([^"]+)"/.exec(error.message)?.[1];
    if (reason === undefined || variable === undefined) return this.#withoutValues(error.message);
    const before = error.message.slice(0, -reason.length);
    const path = / at "([^"\\]+)"; $/.exec(before)?.[1];
    const names = path?.split(/[.[\]]+/).filter((name) => name !== '' && !/^\d+$/.test(name)) ?? [];
    const where = path !== undefined && names.every((name) => printableName(name) !== undefined) ? ` at "${path}"` : '';
    return `Variable ${quoteName(variable)}${where}: ${this.#withoutValues(reason)}`;
  }

  #withoutValues(message: string): string {
    return message
      .replace(/[,.;:]?\s*(?:but )?(?:found|got|received|encountered)\b[\s\S]*$/i, '.')
      .replace(/\bvalue: [\s\S]*$/, 'value.')
      .replace(/"[$@]?([^"]*)"/g, (quoted, name: string) => (this.#isKnown(name) ? quoted : quoteName(name)))
      .slice(0, MAX_MESSAGE_LENGTH);
  }

  /** `createApiKey`, `[String!]!`, `Mutation.createApiKey` and `Mutation.createApiKey(input:)` are known. */
  #isKnown(name: string): boolean {
    const [coordinate = '', argument] = name.replace(/[[\]!]|:\)$/g, '').split('(');
    return this.#names.has(coordinate) && (argument === undefined || this.#names.has(argument));
  }
}

function withSource(error: GraphQLError, source: GraphQLError): GraphQLError {
  const located = new GraphQLError(error.message, {
    ...(source.nodes === undefined ? {} : { nodes: source.nodes }),
    ...(source.path === undefined ? {} : { path: source.path }),
    extensions: error.extensions,
  });
  presented.add(located);
  const serviceError = serviceErrors.get(error);
  if (serviceError !== undefined) serviceErrors.set(located, serviceError);
  return located;
}

/** graphql-js wraps what a resolver throws, and tools wrap it again. */
function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined && cause.originalError !== null) {
    if (presented.has(cause)) return cause;
    cause = cause.originalError;
  }
  return cause;
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
