import { z } from 'zod';
import { openedRoute, opensEverything } from '../keys/access/opened-routes.ts';

/** The prefix of the platform's API in this server. */
export const API_PREFIX = '/api/v1';

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
};
