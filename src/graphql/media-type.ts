import { type Plugin, processRegularResult } from 'graphql-yoga';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

/**
 * The media type of an answer (GraphQL over HTTP, section 6): of the two there are, the one that
 * `Accept` names first, and JSON when it names neither.
 */
export function mediaTypeFor(accept: string | null): string {
  const graphqlResponse = accept?.indexOf(GRAPHQL_RESPONSE) ?? -1;
  const json = accept?.indexOf(JSON_TYPE) ?? -1;
  return graphqlResponse >= 0 && (json < 0 || graphqlResponse < json) ? GRAPHQL_RESPONSE : JSON_TYPE;
}

/**
 * Answers in JSON, whatever is accepted (RFC 9110 section 12.5.1 allows it). The server alone would
 * look at `Accept` when the mutation has run, and answer 406 without a body to what it cannot serve:
 * a key would be there that nobody has seen.
 */
export function useJsonAnswers(): Plugin {
  return {
    onResultProcess({ request, setResultProcessor }) {
      setResultProcessor(processRegularResult, mediaTypeFor(request.headers.get('accept')));
    },
  };
}
