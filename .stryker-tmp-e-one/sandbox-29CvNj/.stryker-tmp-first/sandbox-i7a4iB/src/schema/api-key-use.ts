// @ts-nocheck
// 
import type { ApiKeyUse } from '../keys/read/usage.ts';
import { builder } from './builder.ts';

const ApiKeyOperation = builder.enumType('ApiKeyOperation', {
  description: 'What a key did to an object.',
  values: {
    READ: { description: 'Records were read, counted or aggregated.' },
    CREATE: { description: 'Records were created.' },
    EDIT: { description: 'Records were changed.' },
    DELETE: { description: 'Records were deleted.' },
    EXECUTE: { description: 'A business action was run.' },
    OTHER: { description: 'An operation that no scope allows. `object` is empty.' },
    INCOMPLETE: { description: 'More operations than could be recorded. `object` is empty.' },
  } as const,
});

export const ApiKeyUseType = builder.objectRef<ApiKeyUse>('ApiKeyUse').implement({
  description:
    'One kind of operation on one object in the last 30 days. Uses are recorded a few seconds after they happen.',
  fields: (t) => ({
    object: t.exposeString('object', { description: 'The name of the object.' }),
    operation: t.expose('operation', { type: ApiKeyOperation, description: 'The kind of operation.' }),
    count: t.exposeInt('count', { description: 'How many operations there were.' }),
    lastUsedOn: t.exposeString('lastUsedOn', { description: 'The day of the last operation in UTC, as `YYYY-MM-DD`.' }),
  }),
});
