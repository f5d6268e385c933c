// @ts-nocheck
import { Session } from 'node:inspector/promises';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import { readConfig } from '../src/standalone/config.ts';
import { createKernel } from '../src/standalone/kernel.ts';
import { DEV_ADMIN } from '../test/support/dev-admin.ts';

/**
 * `node scripts/mint-path.ts [--files]`: the way of one mint through `src`, at each endpoint. Counts
 * the files and the named functions that run, by V8's coverage, and the folders that they lie in.
 */
const ORIGIN = 'http://localhost:3000';
const SRC = new URL('../src/', import.meta.url).href;
const CREATE = 'mutation { createApiKey(input: { name: "a" }) { apiKey { id } key } }';
const MINTS = [
  { endpoint: 'GraphQL', path: '/api/v1/graphql', body: { query: CREATE }, status: 200 },
  { endpoint: 'REST', path: '/api/v1/keys', body: { name: 'a' }, status: 201 },
];

process.env['NODE_ENV'] = 'development';
process.env['OS_REGISTRY_LOG'] = 'warn';
const config = readConfig({
  PORT: '0',
  BASE_URL: ORIGIN,
  DATABASE_URL: 'file::memory:',
  LOG_LEVEL: 'silent',
  NODE_ENV: 'development',
});
const kernel = await createKernel(config, 'a secret for this process alone, which ends with it');
await kernel.bootstrap();
const app = (await kernel.getServiceAsync<HonoHttpServer>('http-server')).getRawApp();

const session = new Session();
session.connect();
const { token = '' } = await post('/api/v1/auth/sign-in/email', '', DEV_ADMIN, 200);
for (const { endpoint, path, body, status } of MINTS) {
  // What runs once, such as what is looked up at the first request, is not part of the way.
  await post(path, token, body, status);
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.post('Profiler.takePreciseCoverage');
  await post(path, token, body, status);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.disable');
  const files = result.flatMap(({ url, functions }) => {
    const run = functions.filter(({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0);
    return url.startsWith(SRC) && run.length > 0 ? [{ file: url.slice(SRC.length), functions: run.length }] : [];
  });
  const folders = new Set(files.map(({ file }) => file.split('/').slice(0, -1).join('/')));
  const functions = files.reduce((sum, each) => sum + each.functions, 0);
  console.log(`${endpoint}: ${files.length} files, ${functions} functions, ${folders.size} folders`);
  if (process.argv.includes('--files')) console.table(files);
}
await kernel.shutdown();
process.exit();

async function post(path: string, token: string, body: object, status: number): Promise<{ token?: string }> {
  const response = await app.request(`${ORIGIN}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (response.status !== status) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as { token?: string };
}
