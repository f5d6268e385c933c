import { NoSchemaIntrospectionCustomRule, parse, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestLimits } from '../http/limits.ts';
import { limitsRule } from './limits.ts';

/** Comments are no tokens, so they have a limit of their own. */
const MAX_COMMENTS = 200;
/** Enough to repair a document by; a document of mistakes alone is not worth more. */
const MAX_ERRORS = 10;

/**
 * What a document may be, beyond valid GraphQL. It is checked where documents are parsed and
 * validated, whose outcome the server keeps: a document that was seen before is not checked again.
 *
 * graphql-js has the means for all of it; GraphQL Armor's plugins bring a graphql 16 of their own,
 * whose errors graphql 17 takes for foreign ones.
 */
export function useDocumentRules(options: { readonly limits: RequestLimits; readonly introspection: boolean }): Plugin {
  const rules = [limitsRule(options.limits), ...(options.introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const { maxQueryTokens } = options.limits;
  // The second name is that of graphql 16.11, which takes no notice of the first.
  const parseOptions = { maxLexicalTokens: maxQueryTokens, maxTokens: maxQueryTokens, maxComments: MAX_COMMENTS };
  const validationOptions = { maxErrors: MAX_ERRORS, hideSuggestions: !options.introspection };
  return {
    onParse({ setParseFn }) {
      setParseFn((source: Parameters<typeof parse>[0]) => parse(source, parseOptions));
    },
    onValidate({ addValidationRule, setValidationFn }) {
      for (const rule of rules) addValidationRule(rule);
      setValidationFn((...[schema, document, given]: Parameters<typeof validate>) =>
        validate(schema, document, given, validationOptions),
      );
    },
  };
}
