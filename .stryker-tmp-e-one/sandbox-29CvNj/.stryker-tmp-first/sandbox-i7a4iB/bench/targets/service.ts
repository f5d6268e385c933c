// @ts-nocheck
// 
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import { readConfig } from '../../src/standalone/config.ts';
import { createKernel } from '../../src/standalone/kernel.ts';
import { required } from './environment.ts';
import { SyncedCommits } from './synced-commits.ts';

/** This service as `npm start` runs it in production. */
const kernel = await createKernel(readConfig(process.env), required('AUTH_SECRET'), [
  new SyncedCommits(required('DATABASE_URL')),
]);
await kernel.bootstrap();
process.send?.({ listening: (await kernel.getServiceAsync<HonoHttpServer>('http-server')).getPort() });
