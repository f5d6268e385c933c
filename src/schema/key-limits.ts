import { formatDuration } from '../keys/input/duration.ts';
import type { KeyLimits } from '../keys/limits/limits.ts';
import { formatRateLimit } from '../keys/limits/rate-limit.ts';
import { builder } from './builder.ts';

const lifetime = ({ maxKeyLifetime }: KeyLimits): string | null =>
  maxKeyLifetime === undefined ? null : formatDuration(maxKeyLifetime);
const rate = ({ mintLimitPerUser }: KeyLimits): string | null =>
  mintLimitPerUser === undefined ? null : formatRateLimit(mintLimitPerUser);

export const KeyLimitsType = builder.objectRef<KeyLimits>('KeyLimits').implement({
  description: 'What a new key may be, and how many there may be. A limit that is switched off is null.',
  fields: (t) => ({
    maxKeyLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'Longest life of a key; one that states no expiry gets it.',
      resolve: lifetime,
    }),
    maxActiveKeys: t.int({
      nullable: true,
      description: 'Keys of one person that may authenticate at the same time.',
      resolve: ({ maxActiveKeys }) => maxActiveKeys ?? null,
    }),
    mintLimitPerUser: t.string({
      nullable: true,
      description: 'How fast one person may create keys, as `<count>/<ISO 8601 duration>`.',
      resolve: rate,
    }),
    maxLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'Longest life of a key.',
      deprecationReason: 'Ask for `maxKeyLifetime`, which has the name of the setting.',
      resolve: lifetime,
    }),
    mintsPerUser: t.string({
      nullable: true,
      description: 'How fast one person may create keys.',
      deprecationReason: 'Ask for `mintLimitPerUser`, which has the name of the setting.',
      resolve: rate,
    }),
  }),
});
