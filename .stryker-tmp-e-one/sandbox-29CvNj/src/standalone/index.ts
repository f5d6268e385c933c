// @ts-nocheck
export { ConfigurationError } from '../base/configuration-error.ts';
export { readConfig, type ServerConfig } from './config.ts';
export { createKernel } from './kernel.ts';
export type { Caller, RouteRule } from './routes/route-rule.ts';
