// @ts-nocheck
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Exchange } from '../http/exchange.ts';
import type { ServerContext } from './authentication.ts';
import { serviceErrorOf } from './errors.ts';

/** Records the root field of the operation and the errors of the response in the exchange. */
export function useObservation(): Plugin<ServerContext, ServerContext> {
  return {
    onExecute({ args }) {
      const operation = getOperationAST(args.document, args.operationName);
      if (operation) observeOperation(args.contextValue.exchange, operation, args);
    },
    // This plugin comes last, after the errors were rewritten.
    onResultProcess({ result, serverContext }) {
      if (!Array.isArray(result) && 'errors' in result) observeErrors(serverContext.exchange, result.errors);
    },
  };
}

/** Records the root field of an operation. */
export function observeOperation(
  exchange: Exchange,
  operation: OperationDefinitionNode,
  { document, schema }: { readonly document: DocumentNode; readonly schema: GraphQLSchema },
): void {
  exchange.operation = nameOf(operation, document, schema);
}

/** Records the errors of a response. */
export function observeErrors(exchange: Exchange, errors: readonly GraphQLError[] | undefined): void {
  for (const error of errors ?? []) {
    const serviceError = serviceErrorOf(error);
    if (serviceError !== undefined) exchange.failed(serviceError);
    else exchange.refused(String(error.extensions['code']));
  }
}

/** Parsed documents are cached, so the names of their operations are cached, too. */
const names = new WeakMap<OperationDefinitionNode, string | undefined>();

/**
 * The first root field of an operation, by its name in the schema. Names that the caller chooses (of
 * the operation, an alias or a fragment) could be anything.
 */
function nameOf(operation: OperationDefinitionNode, document: DocumentNode, schema: GraphQLSchema): string | undefined {
  if (names.has(operation)) return names.get(operation);
  const fields = schema.getRootType(operation.operation)?.getFields() ?? {};
  const name = firstField(operation.selectionSet, document);
  const known = name !== undefined && (Object.hasOwn(fields, name) || name.startsWith('__')) ? name : undefined;
  names.set(operation, known);
  return known;
}

/** Follows fragments. The document is valid, so they exist and are not circular. */
function firstField({ selections: [first] }: SelectionSetNode, document: DocumentNode): string | undefined {
  if (first === undefined) return undefined;
  if (first.kind === Kind.FIELD) return first.name.value;
  if (first.kind === Kind.INLINE_FRAGMENT) return firstField(first.selectionSet, document);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === first.name.value) {
      return firstField(definition.selectionSet, document);
    }
  }
  return undefined;
}
