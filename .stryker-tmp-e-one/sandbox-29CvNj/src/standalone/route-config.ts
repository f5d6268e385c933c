// @ts-nocheck
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
      values: 'comma-separated paths',
      description:
        'Further routes that API keys may use, each with everything below it. By default keys can use data, actions, MCP and reads. Add `/api/v1/meta` to deploy metadata with a key.',
    }),
  OAUTH_REGISTRATION: z.stringbool().optional().meta({
    values: '`true`, `false`',
    fallback: '`true` in development',
    description:
      'Whether an OAuth client, such as an MCP client, may register itself without a sign-in (RFC 7591). If not, signed-in people register clients, and agents use keys.',
  }),
};
