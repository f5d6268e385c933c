// @ts-nocheck
import { unfitForProduction } from './production.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Variables of earlier versions. The server refuses them: to ignore one would undo what its operator decided. */
const RENAMED: Readonly<Record<string, string>> = { DATABASE_TIMEOUT: 'DATABASE_TIMEOUT_MS' };

/**
 * What is wrong with variables that are valid by themselves, or that the server does not know any more.
 * A schema of zod would check that only after every variable is valid.
 */
export function environmentProblems(env: NodeJS.ProcessEnv): string[] {
  return [...renamed(env), ...unsafe(env)];
}

function renamed(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(RENAMED).flatMap(([before, now]) =>
    env[before] === undefined ? [] : [`${before} is now called ${now}`],
  );
}

function unsafe({ NODE_ENV = 'development', HOST, AUTH_SECRET, BASE_URL }: NodeJS.ProcessEnv): string[] {
  if (NODE_ENV === 'production') return unfitForProduction(AUTH_SECRET, BASE_URL);
  if (NODE_ENV === 'development' && HOST !== undefined && !LOOPBACK.has(HOST)) {
    return [
      'HOST must be a loopback address in development, where the administrator has a well-known password. To listen on another address, set NODE_ENV=production.',
    ];
  }
  return [];
}
