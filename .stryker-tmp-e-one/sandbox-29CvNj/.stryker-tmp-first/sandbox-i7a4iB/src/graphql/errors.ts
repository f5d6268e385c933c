// @ts-nocheck
// 
import { type ASTNode, GraphQLError } from 'graphql';
import { ERRORS, type ErrorCode, type ServiceError, toServiceError } from '../base/errors.ts';
import { printableName } from '../http/printable-name.ts';
import { adviceOn } from './advice.ts';
import { withoutValues } from './message.ts';

/** The errors that this module wrote for the caller. Every other error is rewritten before it is sent. */
const presented = new WeakSet<GraphQLError>();
/** The original of such an error. */
const serviceErrors = new WeakMap<GraphQLError, ServiceError>();

/** A document error with a message of ours, for a validation rule to report. */
export function documentError(message: string, node: ASTNode): GraphQLError {
  const error = new GraphQLError(message, { nodes: node });
  presented.add(error);
  return error;
}

/** Converts a {@link ServiceError} to a GraphQL error with its code, its fields and the status of the response. */
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

/** The original of an error in a response; `undefined` for an error of GraphQL itself. */
export function serviceErrorOf(error: GraphQLError): ServiceError | undefined {
  return serviceErrors.get(error);
}

/** The codes of the GraphQL server that are kept, with their messages. Any other code becomes one of ours. */
const GRAPHQL_SERVER_CODES: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'The GraphQL document has a syntax error or is too long.',
  GRAPHQL_VALIDATION_FAILED: 'The GraphQL document does not match the schema.',
};
/** What to do where a fixed sentence does not say which name is at fault. */
const SEE_SCHEMA = 'Compare it with schema.graphql, or send it to a server in development, which says what is wrong.';
const NOT_VALID = 'The variables or the operation do not match the schema.';

/**
 * Turns every error into a GraphQL response.
 *
 * graphql-js repeats values in its messages (`... found: { key: "osk_..." }`). A secret that was pasted
 * in the wrong place would appear in the response and in logs, so its messages are never sent
 * unchanged.
 */
export class ErrorPresenter {
  readonly #detailed: boolean;

  /**
   * @param detailed send the messages of graphql-js without values, but with suggestions, which reveal
   *   names in the schema: for development. Otherwise send a fixed message for each kind of error.
   */
  constructor(detailed = false) {
    this.#detailed = detailed;
  }

  present(thrown: unknown): GraphQLError {
    if (!(thrown instanceof GraphQLError)) return toGraphQLError(toServiceError(thrown));
    if (presented.has(thrown)) return thrown;
    const original = rootCause(thrown);
    if (original instanceof GraphQLError) {
      if (presented.has(original)) return withSource(original, thrown);
      // An error with a path comes from execution. Unless an argument is invalid, it is a bug of ours.
      if (thrown.path === undefined || thrown.message.startsWith('Argument ')) return this.#presentGraphQL(thrown);
    }
    return toGraphQLError(toServiceError(original), thrown);
  }

  #presentGraphQL(error: GraphQLError): GraphQLError {
    const { code, status, message, allow } = classify(error);
    const said = withoutValues(error.message, error.originalError?.message);
    const { instead, also } = adviceOn(said);
    const words = instead ?? this.#sentence(code, said, message, also);
    const rewritten = new GraphQLError(words, {
      ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
      ...(error.source === undefined ? {} : { source: error.source }),
      ...(error.positions === undefined ? {} : { positions: error.positions }),
      ...printablePath(error.path),
      extensions: {
        code,
        http: {
          status,
          ...(code in GRAPHQL_SERVER_CODES ? { spec: true } : {}),
          ...(allow === undefined ? {} : { headers: { Allow: allow } }),
        },
      },
    });
    presented.add(rewritten);
    return rewritten;
  }

  /** What is wrong, and what to do about it. */
  #sentence(code: string, said: string, message: string, advice: string | undefined): string {
    // About the request and not about the document: it has words of its own.
    if (code !== 'VALIDATION_FAILED' && !(code in GRAPHQL_SERVER_CODES)) return message;
    if (this.#detailed) return advice === undefined ? said : `${said} ${advice}`;
    return `${message} ${advice ?? SEE_SCHEMA}`;
  }
}

const CODES_BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map(
  (['METHOD_NOT_ALLOWED', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const).map((code) => [
    ERRORS[code].status,
    code,
  ]),
);

interface Classified {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly allow?: string | undefined;
}

/** Maps an error of the GraphQL server to one of our codes, by its HTTP status. */
function classify({ extensions }: GraphQLError): Classified {
  const http = extensions['http'] as { status?: number; headers?: Record<string, string> } | undefined;
  const ours = CODES_BY_STATUS.get(http?.status ?? 0);
  if (ours !== undefined) {
    const message = ours === 'METHOD_NOT_ALLOWED' ? 'A mutation is sent with POST. Use POST.' : ERRORS[ours].message;
    return { code: ours, status: ERRORS[ours].status, message, allow: http?.headers?.['Allow'] };
  }
  const { status } = ERRORS.VALIDATION_FAILED;
  const code = String(extensions['code']);
  const message = Object.hasOwn(GRAPHQL_SERVER_CODES, code) ? GRAPHQL_SERVER_CODES[code] : undefined;
  return message === undefined ? { code: 'VALIDATION_FAILED', status, message: NOT_VALID } : { code, status, message };
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

/** A path consists of aliases, which the caller chooses. If one does not look like a name, the path is left out. */
function printablePath(path: GraphQLError['path']): { path?: readonly (string | number)[] } {
  const printable = path?.every((key) => typeof key === 'number' || printableName(key) !== undefined) ?? false;
  return path === undefined || !printable ? {} : { path };
}

/** graphql-js wraps the error of a resolver, and tools may wrap it again. */
function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined && cause.originalError !== null) {
    if (presented.has(cause)) return cause;
    cause = cause.originalError;
  }
  return cause;
}
