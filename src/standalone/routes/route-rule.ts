import type { Route } from '../../http/route-table.ts';

/**
 * Who gets an answer at a route, besides refusals: anybody, whoever is signed in, or only administrators.
 * Which rights are needed for what is asked there is the platform's to decide. Which routes take an API
 * key is in `keys/access/routes.ts`.
 */
export type Caller = 'anyone' | 'session' | 'administrator';

/** A route of the standalone server. */
export interface RouteRule extends Route {
  readonly caller: Caller;
}

/**
 * Rules from lines such as `GET /data/:object`.
 *
 * @param prefix what all the paths begin with.
 */
export function rules(caller: Caller, prefix: string, lines: readonly string[]): RouteRule[] {
  return lines.map((line) => {
    const [method = '', path = ''] = line.split(' ');
    return { method, path: `${prefix}${path}`, caller };
  });
}
