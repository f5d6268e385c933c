import { formatDuration } from '../keys/input/duration.ts';
import type { KeyLimits } from '../keys/limits/limits.ts';
import { formatRateLimit } from '../keys/limits/rate-limit.ts';
import { builder } from './builder.ts';

export const KeyLimitsType = builder.objectRef<KeyLimits>('KeyLimits').implement({
  description: 'What a new key may be, and how many there may be. A limit that is switched off is null.',
  fields: (t) => ({
    maxLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'Longest life of a key; one that states no expiry gets it.',
      resolve: ({ maxLifetime }) => (maxLifetime === undefined ? null : formatDuration(maxLifetime)),
    }),
    maxActiveKeys: t.int({
      nullable: true,
      description: 'Keys of one person that may authenticate at the same time.',
      resolve: ({ maxActiveKeys }) => maxActiveKeys ?? null,
    }),
    mintsPerUser: t.string({
      nullable: true,
      description: 'How fast one person may create keys, as `<count>/<ISO 8601 duration>`.',
      resolve: ({ perUser }) => (perUser === undefined ? null : formatRateLimit(perUser)),
    }),
  }),
});
