// @ts-nocheck
import { TrieRouter } from 'hono/router/trie-router';

/** A route as Hono lists it: a method, or `ALL`, and a path with `:parameters` and perhaps a `*` at its end. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** Means any method. No request can have this method: methods contain no spaces (RFC 9110 section 5.6.2). */
const ANY = 'any method';

interface Listed<T> {
  readonly value: T;
  /** The pattern ends in `*` and covers everything below. */
  readonly isFamily: boolean;
}

/**
 * A table from route patterns to values. It matches paths with Hono's own router, so that every spelling
 * of a path matches here as it does in the app.
 */
export class RouteTable<T> {
  readonly #listed = new TrieRouter<Listed<T>>();
  readonly #shadowing = new TrieRouter<true>();
  readonly #patterns = new Set<string>();
  /** Patterns that end in `/*`, without the `*`. */
  readonly #families: Route[] = [];

  constructor(entries: Iterable<readonly [Route, T]>) {
    for (const [{ method, path }, value] of entries) {
      const isFamily = path.endsWith('/*');
      this.#listed.add(method, path, { value, isFamily });
      if (method !== 'ALL') this.#listed.add(ANY, path, { value, isFamily });
      this.#patterns.add(`${method} ${anonymous(path)}`);
      if (isFamily) this.#families.push({ method, path: anonymous(path.slice(0, -1)) });
    }
  }

  /**
   * The value for a request; `undefined` if no pattern matches.
   *
   * @param path as in Hono's `context.req.path`, percent-decoded if possible.
   */
  find(method: string, path: string): T | undefined {
    const asked = routed(method);
    const matches = this.#listed.match(asked, path)[0].map(([match]) => match);
    const isShadowed = this.isShadowed(method, path);
    return matches.find(({ isFamily }) => isFamily || !isShadowed)?.value;
  }

  /** Whether a request is for a route that {@link shadow} registered. */
  isShadowed(method: string, path: string): boolean {
    return this.#shadowing.match(routed(method), path)[0].length > 0;
  }

  /** Whether the table lists this pattern (with any parameter names), or a `*` that covers it. */
  has({ method, path }: Route): boolean {
    const pattern = anonymous(path);
    return (
      this.#patterns.has(`${method} ${pattern}`) ||
      this.#patterns.has(`ALL ${pattern}`) ||
      this.#families.some((family) => ['ALL', method].includes(family.method) && pattern.startsWith(family.path))
    );
  }

  /**
   * Registers the routes of an app. From then on, {@link find} returns nothing for a route that is not
   * listed, even if a parameter of a listed route matches it: `/data/admin/reset` is not a listed
   * `/data/:object/:id`. Patterns with `*` are skipped, because they may be middlewares.
   */
  shadow(routes: Iterable<Route>): void {
    for (const route of routes) {
      if (route.path.includes('*') || this.has(route)) continue;
      this.#shadowing.add(route.method, route.path, true);
      this.#shadowing.add(ANY, route.path, true);
    }
  }
}

/** Hono routes HEAD as GET. OPTIONS is about a path, not about one of its methods. */
function routed(method: string): string {
  if (method === 'HEAD') return 'GET';
  return method === 'OPTIONS' ? ANY : method;
}

function anonymous(path: string): string {
  return path.replaceAll(/:[A-Za-z0-9_]+/g, ':');
}
