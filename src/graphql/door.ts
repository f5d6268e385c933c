import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { type GraphQLSchema, NoSchemaIntrospectionCustomRule } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Authenticator } from '../auth/authenticator.ts';
import { type ServerContext, useAuthentication } from '../auth/yoga-plugin.ts';
import { ServiceError } from '../errors.ts';
import { readJsonBody } from '../http/body.ts';
import type { Door } from '../http/door.ts';
import { RESPONSE_HEADERS } from '../http/response-headers.ts';
import type { Platform } from '../platform/platform.ts';
import type { GraphQLContext } from '../schema/context.ts';
import { type ErrorPresenter, toGraphQLError } from './errors.ts';
import { GRAPHIQL_DOCUMENT } from './graphiql.ts';
import { parseParams } from './params.ts';

export interface GraphQLDoorOptions {
  readonly schema: GraphQLSchema;
  readonly path: string;
  readonly platform: Platform;
  readonly authenticator: Authenticator;
  readonly presenter: ErrorPresenter;
  readonly maxBodyBytes: number;
  /** Serve GraphiQL to browsers. It is shown before sign-in; what it then asks is not. */
  readonly graphiql: boolean;
  readonly introspection: boolean;
}

/** The GraphQL door: graphql-yoga with the rules of this service. */
export function createGraphQLDoor(options: GraphQLDoorOptions): Door {
  const { presenter } = options;
  const yoga = createYoga<ServerContext, object>({
    schema: options.schema,
    graphqlEndpoint: options.path,
    context: ({ principal, exchange }: ServerContext): GraphQLContext => {
      // A request that got here without authentication is a defect; fail closed.
      if (principal === undefined) throw new ServiceError('UNAUTHENTICATED');
      return { principal, platform: options.platform, request: exchange };
    },
    plugins: [
      useAuthentication(options.authenticator, refuse),
      useJsonRequests(options.maxBodyBytes),
      usePresentedErrors(presenter),
      ...(options.introspection ? [] : [useNoIntrospection()]),
    ],
    maskedErrors: { maskError: (error) => presenter.present(error) },
    graphiql: options.graphiql && {
      defaultQuery: GRAPHIQL_DOCUMENT,
      title: 'ObjectStack API keys',
      credentials: 'same-origin',
    },
    renderGraphiQL,
    batching: false,
    // The body is read, and limited, by useJsonRequests.
    maxRequestBodySize: false,
    multipart: false,
    landingPage: false,
    cors: false,
    logging: false,
  });
  return async (request, exchange) => withHeaders(await yoga.fetch(request, { exchange }));
}

/** The response to a request that is refused before GraphQL sees it, in the shape of a GraphQL answer. */
function refuse(request: Request, error: ServiceError): Response {
  const { message, extensions } = toGraphQLError(error);
  const { http: _, ...shown } = extensions;
  const accepted = request.headers.get('accept')?.includes('application/graphql-response+json') ?? false;
  return new Response(JSON.stringify({ errors: [{ message, extensions: shown }] }), {
    status: error.status,
    headers: {
      ...error.headers,
      'Content-Type': `application/${accepted ? 'graphql-response+json' : 'json'}; charset=utf-8`,
    },
  });
}

function withHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(RESPONSE_HEADERS)) response.headers.set(name, value);
  return response;
}

/** JSON bodies only, read once, within the limit, one request at a time. */
function useJsonRequests(maxBodyBytes: number): Plugin {
  return {
    onRequestParse({ request, setRequestParser }) {
      if (request.method === 'POST') {
        setRequestParser(async (posted) => parseParams(await readJsonBody(posted, maxBodyBytes)));
      }
    },
  };
}

/** The last look at every result: whatever an earlier step let through is rewritten here. */
function usePresentedErrors(presenter: ErrorPresenter): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return;
      setResult({ ...result, errors: result.errors.map((error) => presenter.present(error)) });
    },
  };
}

function useNoIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}
