// @ts-nocheck
import type { Hono, MiddlewareHandler } from 'hono';
import { ServiceError } from '../../base/errors.ts';
import type { RouteTable } from '../../http/route-table.ts';
import { carriesApiKey } from '../admission/carries-api-key.ts';
import type { KeyRoute } from './routes.ts';

const REFUSAL =
  'API keys cannot use this route. They are for data, actions, MCP and reads. ' +
  'Sign in and use your session, or ask the operator to allow keys on this route (KEY_ROUTES of the server, keyRoutes of ApiKeysPlugin).';

/**
 * Keeps requests with an API key from every route that is not listed for them. A key is what agents and
 * scripts hold, and what gets stolen: with an administrator's key, the routes for metadata, packages and
 * sign-in would be ways to sessions, to other people's rights, and to more keys.
 */
export class KeyRouteGuard {
  readonly #routes: RouteTable<KeyRoute>;
  readonly #handler: MiddlewareHandler;

  /** @param refuse makes the answer of an error. */
  constructor(routes: RouteTable<KeyRoute>, refuse: (error: ServiceError) => Response) {
    this.#routes = routes;
    this.#handler = async (context, next) => {
      const { method, path, raw } = context.req;
      if (!carriesApiKey(raw.headers) || routes.find(method, path) !== undefined) return next();
      return refuse(new ServiceError('FORBIDDEN', { message: REFUSAL }));
    };
  }

  /** Guards whatever is mounted from now on. */
  mount(app: Hono): void {
    app.use(this.#handler);
  }

  /**
   * Looks at the finished app: what was mounted before the guard is past it.
   *
   * @throws Error when that takes a request with a key which the guard would refuse, with what to do about it.
   */
  prove(app: Hono): void {
    const guard = app.routes.findIndex(({ handler }) => handler === this.#handler);
    for (const route of app.routes.slice(0, guard)) {
      // A middleware answers nothing by itself, and Hono lists it like a handler of every method.
      const isMiddleware = route.method === 'ALL' && route.path.endsWith('*');
      if (!isMiddleware && !this.#routes.has(route)) throw new UnguardedRouteError(route.method, route.path);
    }
    this.#routes.shadow(app.routes);
  }
}

/** A route was mounted before the guard. */
export class UnguardedRouteError extends Error {
  override readonly name = 'UnguardedRouteError';

  constructor(method: string, path: string) {
    super(
      `ApiKeysPlugin: ${method} ${path} was mounted before this plugin, so the plugin cannot block API keys there. ` +
        'Register ApiKeysPlugin before every other plugin that mounts routes: right after HonoServerPlugin. ' +
        'If keys may use the route, add it to the option keyRoutes.',
    );
  }
}
