// @ts-nocheck
export { type ApiKeysConsoleOptions, ApiKeysConsolePlugin } from './console/plugin.ts';
export type { RequestFacts, Trace, Tracing } from './http/observer.ts';
export type { Events, KeyEvent } from './observability/events.ts';
export type { ApiKeysOptions } from './plugin/options.ts';
export { ApiKeysPlugin } from './plugin/plugin.ts';
