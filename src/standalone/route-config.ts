import { z } from 'zod';
import { openedRoute, opensEverything } from '../keys/access/opened-routes.ts';
import { API_PREFIX } from './routes/api-prefix.ts';

/** The variables that say who may use which route. */
export const routeEnvironment = {
  KEY_ROUTES: z
    .string()
    .transform((value) => value.split(',').map((item) => item.trim()))
    .pipe(
      z.array(
        openedRoute.refine((path) => !opensEverything(path, API_PREFIX), `must be below ${API_PREFIX}, not all of it`),
      ),
    )
    .default([])
    .meta({
      values: 'paths with commas between them',
      description:
        'Routes that API keys may use besides data, actions, MCP and reads, each with everything below it: `/api/v1/meta` for somebody who deploys with a key.',
    }),
  OAUTH_REGISTRATION: z.stringbool().optional().meta({
    values: '`true`, `false`',
    fallback: '`true` in development',
    description:
      'Whether an OAuth client, such as an MCP client, may register itself without anybody signing in (RFC 7591). Without it, people register clients when they are signed in, and agents use keys.',
  }),
};
