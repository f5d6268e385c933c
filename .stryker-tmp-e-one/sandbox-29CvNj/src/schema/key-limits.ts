// @ts-nocheck
import { formatDuration } from '../keys/input/duration.ts';
import type { KeyLimits } from '../keys/limits/limits.ts';
import { formatRateLimit } from '../keys/limits/rate-limit.ts';
import { builder } from './builder.ts';

const lifetime = ({ maxKeyLifetime }: KeyLimits): string | null =>
  maxKeyLifetime === undefined ? null : formatDuration(maxKeyLifetime);
const rate = ({ mintLimitPerUser }: KeyLimits): string | null =>
  mintLimitPerUser === undefined ? null : formatRateLimit(mintLimitPerUser);

export const KeyLimitsType = builder.objectRef<KeyLimits>('KeyLimits').implement({
  description: 'Limits on new keys. A limit is null if it is off.',
  fields: (t) => ({
    maxKeyLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'The longest lifetime of a key. A key created without an expiry gets this lifetime.',
      resolve: lifetime,
    }),
    maxActiveKeys: t.int({
      nullable: true,
      description: 'How many active keys one person may have.',
      resolve: ({ maxActiveKeys }) => maxActiveKeys ?? null,
    }),
    mintLimitPerUser: t.string({
      nullable: true,
      description: 'How many keys one person may create in a period, as `<count>/<ISO 8601 duration>`.',
      resolve: rate,
    }),
    maxLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'The longest lifetime of a key.',
      deprecationReason: 'Use `maxKeyLifetime`.',
      resolve: lifetime,
    }),
    mintsPerUser: t.string({
      nullable: true,
      description: 'How many keys one person may create in a period.',
      deprecationReason: 'Use `mintLimitPerUser`.',
      resolve: rate,
    }),
  }),
});
