// @ts-nocheck
import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

builder.scalarType('Duration', {
  description: 'An ISO 8601 duration in weeks, days, hours, minutes and seconds, such as `PT1H` or `P7D`.',
  serialize: (value) => value,
  // The zod schema of the input parses the text, as it does every other value.
  parseValue: (value) => {
    if (typeof value !== 'string') throw new GraphQLError('A Duration must be a string.');
    return value;
  },
});
