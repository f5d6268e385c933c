// @ts-nocheck
import type { Context, Hono } from 'hono';
import { ServiceError } from '../../base/errors.ts';
import { type Route, RouteTable } from '../../http/route-table.ts';
import { webResponse } from '../../http/web.ts';
import { errorAnswer } from '../../rest/envelope.ts';
import { CLOSED_ROUTES } from './index.ts';
import type { RouteRule } from './route-rule.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const CREDENTIALS = ['authorization', 'cookie', 'x-api-key'];

/**
 * Answers 404 on every route that is not listed, before any handler sees the request. So a route that a new
 * version of a plugin adds stays closed until it is reviewed. It also rejects requests without a credential,
 * if the route needs one, before anything of the request is read.
 */
export class RouteGate {
  readonly #listed: RouteTable<RouteRule>;

  constructor(routes: readonly RouteRule[]) {
    this.#listed = new RouteTable(routes.map((route) => [route, route]));
  }

  /** Guards all routes that are mounted after this. */
  mount(app: Hono): void {
    app.use(async (context, next) => {
      const rule = this.#listed.find(context.req.method, context.req.path);
      if (rule === undefined) return refused(this.#nothingHere(context));
      if (rule.caller !== 'anyone' && !presentsCredential(context)) return refused(new ServiceError('UNAUTHENTICATED'));
      return next();
    });
  }

  /**
   * Checks the finished app. From then on, a mounted route that is not listed answers 404, even if a parameter
   * of a listed route matches it.
   *
   * @returns those routes, without the ones that are closed on purpose.
   */
  close(app: Hono): Route[] {
    this.#listed.shadow(app.routes);
    const closed = new RouteTable(CLOSED_ROUTES.map((route) => [route, true]));
    // Hono lists a middleware like a handler of every method.
    const isMiddleware = (route: Route): boolean => route.method === 'ALL' && route.path.endsWith('*');
    return app.routes.filter((route) => !isMiddleware(route) && !this.#listed.has(route) && !closed.has(route));
  }

  #nothingHere({ req }: Context): ServiceError {
    if (this.#listed.isShadowed(req.method, req.path)) return new ServiceError('NOT_FOUND');
    const allowed = METHODS.filter((method) => this.#listed.find(method, req.path) !== undefined);
    return allowed.length === 0
      ? new ServiceError('NOT_FOUND')
      : new ServiceError('METHOD_NOT_ALLOWED', { headers: { Allow: allowed.join(', ') } });
  }
}

function presentsCredential({ req }: Context): boolean {
  return CREDENTIALS.some((name) => req.raw.headers.get(name));
}

function refused(error: ServiceError): Response {
  return webResponse(errorAnswer(error));
}
