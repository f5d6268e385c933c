import type { ApiKeyUse } from '../keys/read/usage.ts';
import { builder } from './builder.ts';

const ApiKeyOperation = builder.enumType('ApiKeyOperation', {
  description: 'What a key does to an object.',
  values: {
    READ: { description: 'Records are read, counted or summed up.' },
    CREATE: { description: 'Records are created.' },
    EDIT: { description: 'Records are changed.' },
    DELETE: { description: 'Records are deleted.' },
    EXECUTE: { description: 'A business action is run.' },
    OTHER: { description: 'Something is done that no scope allows. The object is empty.' },
    INCOMPLETE: { description: 'There was more than could be recorded. The object is empty.' },
  } as const,
});

export const ApiKeyUseType = builder.objectRef<ApiKeyUse>('ApiKeyUse').implement({
  description: 'What a key did to an object in the last 30 days. Uses are recorded some seconds after they happen.',
  fields: (t) => ({
    object: t.exposeString('object', { description: 'The name of the object.' }),
    operation: t.expose('operation', { type: ApiKeyOperation, description: 'What was done.' }),
    count: t.exposeInt('count', { description: 'How many operations there were.' }),
    lastUsedOn: t.exposeString('lastUsedOn', { description: 'The day of the last one in UTC, as `YYYY-MM-DD`.' }),
  }),
});
