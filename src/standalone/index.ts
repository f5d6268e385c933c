export { ConfigurationError, readConfig, type ServerConfig } from './config.ts';
export { createKernel } from './kernel.ts';
