export type { ApiKeysOptions } from './options.ts';
export { ApiKeysPlugin } from './plugin.ts';
