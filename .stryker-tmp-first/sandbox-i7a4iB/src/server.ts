#!/usr/bin/env node
// @ts-nocheck
import { randomBytes } from 'node:crypto';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import { ConfigurationError } from './base/configuration-error.ts';
import { readConfig, type ServerConfig } from './standalone/config.ts';
import { consoleFolder } from './standalone/console.ts';
import { passwordOf } from './standalone/database.ts';
import { createKernel } from './standalone/kernel.ts';
import { createLog } from './standalone/log.ts';
import { consoleInto } from './standalone/log-console.ts';
import { redactOutput } from './standalone/redaction.ts';
import { type PendingSetUp, SET_UP_SERVICE } from './standalone/sign-in/plugin.ts';
import { setUpNotice, welcome } from './standalone/welcome.ts';

/** The standalone process: configuration, kernel, listen, drain. */
async function main(): Promise<void> {
  const config = configure();
  const authSecret = config.authSecret ?? randomBytes(32).toString('base64');
  const print = redactOutput([
    authSecret,
    process.env['OS_SEED_ADMIN_PASSWORD'],
    config.setUp?.password,
    passwordOf(config.database),
  ]);
  const log = createLog({ level: config.logLevel, pretty: config.prettyLog });
  consoleInto(log);
  const kernel = await createKernel(config, authSecret);
  await kernel.bootstrap();

  const stopped = stopSignal();

  const port = (await kernel.getServiceAsync<HonoHttpServer>('http-server')).getPort();
  const { token } = await kernel.getServiceAsync<PendingSetUp>(SET_UP_SERVICE);
  if (token !== undefined) print(setUpNotice(config.baseUrl, token));
  else if (config.nodeEnv === 'development') print(welcome(`http://localhost:${port}`, consoleFolder() !== undefined));
  if (config.nodeEnv !== 'development') log.info({ host: config.host, port, baseUrl: config.baseUrl }, 'listening');
  process.send?.({ listening: port });

  await stopped;
  // `/readyz` says no, listening ends, and running requests finish; then the kernel closes the database.
  await (await kernel.getServiceAsync<HonoHttpServer>('http-server')).close();
  await kernel.shutdown();
}

/** Signals that come this close together are one: npm passes on the Ctrl-C that the terminal has sent already. */
const ONE_SIGNAL_MS = 500;

/** Resolves at the first signal to stop. A later one ends the process at once, whatever is under way. */
function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGINT', 2],
  ] as const) {
    process.on(signal, () => {
      first ??= performance.now();
      if (performance.now() - first > ONE_SIGNAL_MS) process.exit(128 + number);
      resolve();
    });
  }
  return promise;
}

function configure(): ServerConfig {
  const config = readConfig(process.env);
  // The platform reads these by itself.
  process.env['NODE_ENV'] = config.nodeEnv;
  process.env['OS_REGISTRY_LOG'] ??= config.logLevel === 'debug' ? 'debug' : 'warn';
  return config;
}

try {
  await main();
  process.exit(0);
} catch (error) {
  // A ConfigurationError is for a person; a stack would bury it.
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : describe(error)}\n`);
  process.exit(1);
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'The server could not start.';
}
