import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { type FetchAPI, type GraphQLParams, type Plugin, processRegularResult } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Answer } from '../http/answer.ts';
import type { GraphQLContext } from '../resolvers/context.ts';
import { authenticateIn, type ServerContext } from './authentication.ts';
import type { ErrorPresenter } from './errors.ts';
import { mediaTypeFor } from './media-type.ts';
import { observeErrors, observeOperation } from './observation.ts';
import { refuseGraphQL } from './refusal.ts';
import type { RequestLimits } from './request-limits.ts';
import { readParameters } from './request-parameters.ts';
import { FETCH_API, toAnswer } from './web-types.ts';

interface KnownDocumentsOptions {
  readonly schema: GraphQLSchema;
  readonly path: string;
  readonly authenticator: Pick<Authenticator, 'authenticate'>;
  readonly presenter: ErrorPresenter;
  readonly limits: RequestLimits;
  readonly contextOf: (context: ServerContext) => GraphQLContext;
  /** How many documents are remembered. Callers choose them, so the number is limited. */
  readonly max: number;
}

/** A document that passed every rule, and the function with which yoga executes. */
interface Known {
  readonly document: DocumentNode;
  readonly execute: (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;
}

/**
 * Executes documents that yoga has executed before: authenticate, read the parameters, execute. Everything
 * else is left to yoga, which then finds the principal and the parameters in the context. Both use the same
 * functions for each step, so that a response does not depend on the way.
 */
export class KnownDocuments {
  readonly #options: KnownDocumentsOptions;
  readonly #documents: LRUCache<string, Known>;
  /** Remembers the documents that yoga executes. */
  readonly plugin: Plugin<object, ServerContext>;

  constructor(options: KnownDocumentsOptions) {
    this.#options = options;
    this.#documents = new LRUCache({ max: options.max });
    this.plugin = {
      onExecute: ({ args: { document, contextValue }, executeFn }) => {
        const { query } = (contextValue as { params?: GraphQLParams }).params ?? {};
        if (query !== undefined) this.#documents.set(query, { document, execute: executeFn as Known['execute'] });
      },
    };
  }

  /** @returns `undefined` if yoga has to answer. */
  async answer(context: ServerContext): Promise<Answer | undefined> {
    const { received } = context;
    const { authenticator, limits, path } = this.#options;
    if (received.method !== 'POST' || !isAt(path, received.url)) return undefined;
    const refusal = await authenticateIn(context, authenticator);
    if (refusal !== undefined) return refuseGraphQL(received, refusal);
    context.parameters = readParameters(received, limits);
    const parameters = await context.parameters.catch(() => undefined);
    const known = parameters && this.#documents.get(parameters.query ?? '');
    return known && this.#execute(context, parameters, known);
  }

  async #execute(
    context: ServerContext,
    { operationName, variables }: GraphQLParams,
    { document, execute }: Known,
  ): Promise<Answer | undefined> {
    const { schema, contextOf } = this.#options;
    const { exchange, received } = context;
    const operation = getOperationAST(document, operationName);
    if (operation == null) return undefined;
    observeOperation(exchange, operation, { document, schema });
    const args = { schema, document, contextValue: contextOf(context), variableValues: variables, operationName };
    const result = await this.#presented(async () => execute(args as ExecutionArgs));
    observeErrors(exchange, result.errors);
    const response = processRegularResult(result, FETCH_API as FetchAPI, mediaTypeFor(received.headers.get('accept')));
    return toAnswer(response);
  }

  async #presented(execute: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
    const { presenter } = this.#options;
    try {
      const result = await execute();
      if (result.errors === undefined) return result;
      return { ...result, errors: result.errors.map((error) => presenter.present(error)) };
    } catch (error) {
      return { errors: [presenter.present(error)] };
    }
  }
}

/** Whether a URL has this path, and nothing after it. */
function isAt(path: string, url: string): boolean {
  if (url === path) return true;
  const { pathname, search } = new URL(url, 'http://localhost');
  return pathname === path && search === '';
}
