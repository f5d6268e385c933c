// @ts-nocheck
import type { Route } from '../../http/route-table.ts';

/**
 * Who may use a route: anyone, signed-in people, or only administrators. The platform decides which rights an
 * operation needs. `keys/access/routes.ts` lists the routes that accept an API key.
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
