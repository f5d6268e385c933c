// @ts-nocheck
import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description: 'An RFC 3339 date-time with an offset, such as `2030-01-31T12:00:00Z` or `2030-01-31T13:00:00.5+01:00`.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize: (value) => value.toISOString(),
  // The zod schema of the input parses the text, so both endpoints reject the same values with the same message.
  parseValue: (value) => {
    if (typeof value !== 'string') throw new GraphQLError('A DateTime must be a string.');
    return value;
  },
});
