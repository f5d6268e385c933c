// @ts-nocheck
import { readConfig } from '../../src/standalone/config.ts';
import { createKernel } from '../../src/standalone/kernel.ts';
import { NotesApp } from './notes-app.ts';

/**
 * The standalone server with an application: a process of its own, configured by the environment as the server is.
 * It ends when its standard input does, so that it cannot outlive a test that died.
 */
const config = readConfig(process.env);
process.env['NODE_ENV'] = config.nodeEnv;
process.env['OS_REGISTRY_LOG'] = 'warn';
const kernel = await createKernel(config, config.authSecret ?? '', [new NotesApp()]);
await kernel.bootstrap();

process.stdin.resume();
const stopped = Promise.withResolvers<void>();
process.stdin.once('end', stopped.resolve);
process.once('SIGTERM', stopped.resolve);
await stopped.promise;
await (await kernel.getServiceAsync<{ close(): Promise<void> }>('http-server')).close();
await kernel.shutdown();
process.exit(0);
