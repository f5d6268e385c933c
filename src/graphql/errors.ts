import { type ASTNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { ERRORS, type ErrorCode, type ServiceError, toServiceError } from '../base/errors.ts';
import { printableName } from '../http/printable-name.ts';
import { KnownNames } from './known-names.ts';
import { safeMessage } from './safe-message.ts';

/** The errors that were written for the caller here; everything else is rewritten before it is sent. */
const presented = new WeakSet<GraphQLError>();
/** What such an error was made of. */
const serviceErrors = new WeakMap<GraphQLError, ServiceError>();

/** An error of a document that was worded here, for a validation rule to report. */
export function documentError(message: string, node: ASTNode): GraphQLError {
  const error = new GraphQLError(message, { nodes: node });
  presented.add(error);
  return error;
}

/** A {@link ServiceError} as GraphQL answers it: its code, its fields, and the status of the response. */
export function toGraphQLError(error: ServiceError, source?: GraphQLError): GraphQLError {
  const graphQLError = new GraphQLError(error.message, {
    ...(source?.nodes === undefined ? {} : { nodes: source.nodes }),
    ...printablePath(source?.path),
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

/** The {@link ServiceError} behind an error of an execution, for an endpoint that does not speak GraphQL. */
export function toServiceErrorFromGraphQL(error: GraphQLError): ServiceError {
  const cause = rootCause(error);
  return toServiceError(cause instanceof GraphQLError ? (serviceErrors.get(cause) ?? cause) : cause);
}

/** What an error in an answer was made of; `undefined` for one of GraphQL's own. */
export function serviceErrorOf(error: GraphQLError): ServiceError | undefined {
  return serviceErrors.get(error);
}

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
  readonly #names: KnownNames;
  readonly #suggestions: boolean;

  /** @param suggestions answer a misspelled name with those of the schema that are like it. */
  constructor(schema: GraphQLSchema, suggestions = false) {
    this.#names = new KnownNames(schema);
    this.#suggestions = suggestions;
  }

  present(thrown: unknown): GraphQLError {
    if (!(thrown instanceof GraphQLError)) return toGraphQLError(toServiceError(thrown));
    if (presented.has(thrown)) return thrown;
    const original = rootCause(thrown);
    if (original instanceof GraphQLError) {
      if (presented.has(original)) return withSource(original, thrown);
      // With a path it was thrown by the execution, and unless an argument was at fault by a defect of ours.
      if (thrown.path === undefined || thrown.message.startsWith('Argument ')) return this.#presentGraphQL(thrown);
    }
    return toGraphQLError(toServiceError(original), thrown);
  }

  #presentGraphQL(error: GraphQLError): GraphQLError {
    const { code, status, allow } = classify(error);
    const message = safeMessage(error.message, this.#names, {
      reason: error.originalError?.message,
      suggestions: this.#suggestions,
    });
    const rewritten = new GraphQLError(message, {
      ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
      ...(error.source === undefined ? {} : { source: error.source }),
      ...(error.positions === undefined ? {} : { positions: error.positions }),
      ...printablePath(error.path),
      extensions: {
        code,
        http: {
          status,
          ...(GRAPHQL_SERVER_CODES.has(code) ? { spec: true } : {}),
          ...(allow === undefined ? {} : { headers: { Allow: allow } }),
        },
      },
    });
    presented.add(rewritten);
    return rewritten;
  }
}

const CODES_BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map(
  (['METHOD_NOT_ALLOWED', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const).map((code) => [
    ERRORS[code].status,
    code,
  ]),
);

/** The code of the contract for an error of the GraphQL server, by the status that it wants to answer with. */
function classify(error: GraphQLError): { code: string; status: number; allow: string | undefined } {
  const code = error.extensions['code'];
  const http = error.extensions['http'] as { status?: number; headers?: Record<string, string> } | undefined;
  const ours = CODES_BY_STATUS.get(http?.status ?? 0);
  if (ours !== undefined) return { code: ours, status: ERRORS[ours].status, allow: http?.headers?.['Allow'] };
  const kept = typeof code === 'string' && GRAPHQL_SERVER_CODES.has(code);
  return { code: kept ? code : 'VALIDATION_FAILED', status: ERRORS.VALIDATION_FAILED.status, allow: undefined };
}

function withSource(error: GraphQLError, source: GraphQLError): GraphQLError {
  const located = new GraphQLError(error.message, {
    ...(source.nodes === undefined ? {} : { nodes: source.nodes }),
    ...printablePath(source.path),
    extensions: error.extensions,
  });
  presented.add(located);
  const serviceError = serviceErrors.get(error);
  if (serviceError !== undefined) serviceErrors.set(located, serviceError);
  return located;
}

/** A path is made of aliases, which the caller chooses: one that does not look like a name takes the path with it. */
function printablePath(path: GraphQLError['path']): { path?: readonly (string | number)[] } {
  const printable = path?.every((key) => typeof key === 'number' || printableName(key) !== undefined) ?? false;
  return path === undefined || !printable ? {} : { path };
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
