// @ts-nocheck
// 
import { type Plugin, processRegularResult } from 'graphql-yoga';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

/**
 * The media type of a response (GraphQL over HTTP, section 6): of the two supported types, the one that
 * `Accept` names first, or JSON if it names neither.
 */
export function mediaTypeFor(accept: string | null): string {
  const graphqlResponse = accept?.indexOf(GRAPHQL_RESPONSE) ?? -1;
  const json = accept?.indexOf(JSON_TYPE) ?? -1;
  return graphqlResponse >= 0 && (json < 0 || graphqlResponse < json) ? GRAPHQL_RESPONSE : JSON_TYPE;
}

/**
 * Responds with JSON regardless of `Accept`, as RFC 9110 section 12.5.1 allows. By itself, yoga checks
 * `Accept` after the mutation has run, and responds with 406 and no body: a key would exist whose
 * secret nobody has seen.
 */
export function useJsonAnswers(): Plugin {
  return {
    onResultProcess({ request, setResultProcessor }) {
      setResultProcessor(processRegularResult, mediaTypeFor(request.headers.get('accept')));
    },
  };
}
