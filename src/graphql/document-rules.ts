import { NoSchemaIntrospectionCustomRule, parse, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { limitsRule } from './limits.ts';
import type { RequestLimits } from './request-limits.ts';

/** Comments do not count as tokens, so they have a separate limit. */
const MAX_COMMENTS = 200;
/** Enough errors to repair a document; a document with more is not worth the work. */
const MAX_ERRORS = 10;

/**
 * Limits on GraphQL documents. They are checked when a document is parsed and validated. The server
 * caches the result, so a known document is not checked again.
 *
 * This uses graphql-js alone: GraphQL Armor's plugins bring their own graphql 16, whose errors
 * graphql 17 does not recognize.
 */
export function useDocumentRules(options: { readonly limits: RequestLimits; readonly introspection: boolean }): Plugin {
  const rules = [limitsRule(options.limits), ...(options.introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const { maxQueryTokens } = options.limits;
  // graphql 16.11 uses the second name and ignores the first.
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
