export type { Exchange } from './http/exchange.ts';
export type { Events, KeyEvent } from './observability/events.ts';
export type { ApiKeysOptions } from './options.ts';
export { ApiKeysPlugin } from './plugin.ts';
