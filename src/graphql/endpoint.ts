import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Authenticator } from '../auth/authenticator.ts';
import { ServiceError } from '../base/errors.ts';
import type { Endpoint, Handler } from '../http/endpoint.ts';
import type { KeyService } from '../keys/service.ts';
import type { Platform } from '../platform/platform.ts';
import type { GraphQLContext } from '../resolvers/context.ts';
import { type ServerContext, useAuthentication } from './authentication.ts';
import { useDocumentRules } from './document-rules.ts';
import type { ErrorPresenter } from './errors.ts';
import { GRAPHIQL_DOCUMENT, withPagePolicy, withSignIn } from './graphiql.ts';
import { KnownDocuments } from './known-documents.ts';
import { useJsonAnswers } from './media-type.ts';
import { useObservation } from './observation.ts';
import { refuseGraphQL } from './refusal.ts';
import type { RequestLimits } from './request-limits.ts';
import { useRequestParameters } from './request-parameters.ts';
import { asWebRequest, asWebResponse, FETCH_API, toAnswer } from './web-types.ts';

export interface GraphQLHandlerOptions {
  readonly schema: GraphQLSchema;
  readonly path: string;
  readonly keys: KeyService;
  readonly platform: Pick<Platform, 'mcpEndpoint'>;
  readonly authenticator: Authenticator;
  readonly presenter: ErrorPresenter;
  readonly limits: RequestLimits;
  /** Serve GraphiQL to browsers. The page needs no sign-in; its requests do. */
  readonly graphiql: boolean;
  /** Allow introspection, and suggest names for misspelled fields, which reveals as much of the schema. */
  readonly introspection: boolean;
}

/** How many parsed documents are cached. Callers choose the documents, so the number is limited. */
const CACHED_DOCUMENTS = 200;

/** The path, methods and errors of the GraphQL endpoint. */
export function graphqlEndpointAt(basePath: string): Endpoint<'graphql'> {
  return {
    name: 'graphql',
    path: `${basePath}/graphql`,
    methods: (below) => (below === '' ? 'GET, POST, OPTIONS' : undefined),
    nothingHere: `There is nothing at this address. Send GraphQL requests to ${basePath}/graphql.`,
    refuse: refuseGraphQL,
  };
}

/**
 * The handler of the GraphQL endpoint: graphql-yoga with the rules of this service. A document that it has
 * executed before does without yoga's machinery.
 */
export function createGraphQLHandler(options: GraphQLHandlerOptions): Handler {
  const { presenter, keys, platform } = options;
  const contextOf = ({ principal, exchange }: ServerContext): GraphQLContext => {
    // A request without a principal must not get here. If one does, fail closed.
    if (principal === undefined) throw new ServiceError('UNAUTHENTICATED');
    return { principal, keys, platform, request: exchange };
  };
  const known = new KnownDocuments({ ...options, contextOf, max: CACHED_DOCUMENTS });
  const yoga = createYoga<ServerContext, object>({
    schema: options.schema,
    graphqlEndpoint: options.path,
    context: contextOf,
    plugins: [
      useAuthentication(options.authenticator, (request, error) => asWebResponse(refuseGraphQL(request, error))),
      useRequestParameters(options.limits),
      useDocumentRules(options),
      usePresentedErrors(presenter),
      useJsonAnswers(),
      useObservation(),
      known.plugin,
    ],
    parserAndValidationCache: {
      documentCache: new LRUCache({ max: CACHED_DOCUMENTS }),
      errorCache: new LRUCache({ max: CACHED_DOCUMENTS }),
    },
    maskedErrors: { maskError: (error) => presenter.present(error) },
    graphiql: options.graphiql && {
      defaultQuery: GRAPHIQL_DOCUMENT,
      title: 'ObjectStack API keys',
      credentials: 'same-origin',
    },
    // Five megabytes of JavaScript in a string: loaded only when a browser asks for GraphiQL.
    renderGraphiQL: async (page) => withSignIn((await import('@graphql-yoga/render-graphiql')).renderGraphiQL(page)),
    batching: false,
    // useRequestParameters reads and limits the body.
    maxRequestBodySize: false,
    multipart: false,
    landingPage: false,
    cors: false,
    logging: false,
    fetchAPI: FETCH_API,
  });
  return async (request, exchange) => {
    const context: ServerContext = { exchange, received: request };
    const answer = await known.answer(context);
    return withPagePolicy(answer ?? (await toAnswer(await yoga.fetch(asWebRequest(request), context))));
  };
}

/** The last check of every result: it rewrites every error that an earlier step let through. */
function usePresentedErrors(presenter: ErrorPresenter): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return;
      setResult({ ...result, errors: result.errors.map((error) => presenter.present(error)) });
    },
  };
}
