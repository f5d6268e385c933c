import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from './authentication.ts';
import { serviceErrorOf } from './errors.ts';

/** Tells the exchange which field of the schema was asked for, and which errors were answered. */
export function useObservation(): Plugin<ServerContext, ServerContext> {
  return {
    onExecute({ args }) {
      const { exchange } = args.contextValue;
      const operation = getOperationAST(args.document, args.operationName);
      if (operation) exchange.operation = nameOf(operation, args.document, args.schema);
    },
    // After the errors were rewritten: this plugin comes last.
    onResultProcess({ result, serverContext }) {
      if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return;
      for (const error of result.errors) {
        const serviceError = serviceErrorOf(error);
        if (serviceError !== undefined) serverContext.exchange.failed(serviceError);
        else serverContext.exchange.refused(String(error.extensions['code']));
      }
    },
  };
}

/** Documents are parsed once and kept, so the names of their operations are as well. */
const names = new WeakMap<OperationDefinitionNode, string | undefined>();

/**
 * The first field that an operation selects at its root, by the name that the schema gives it. A
 * name of the caller's own (of the operation, of an alias, of a fragment) could be anything.
 */
function nameOf(operation: OperationDefinitionNode, document: DocumentNode, schema: GraphQLSchema): string | undefined {
  if (names.has(operation)) return names.get(operation);
  const fields = schema.getRootType(operation.operation)?.getFields() ?? {};
  const name = firstField(operation.selectionSet, document);
  const known = name !== undefined && (Object.hasOwn(fields, name) || name.startsWith('__')) ? name : undefined;
  names.set(operation, known);
  return known;
}

/** Fragments are followed: the document is valid here, so they are there and do not go in circles. */
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
