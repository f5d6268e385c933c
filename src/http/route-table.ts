import { TrieRouter } from 'hono/router/trie-router';

/** A route as Hono lists it: a method, or `ALL`, and a path with `:parameters` and perhaps a `*` at its end. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** Stands for "whatever the method is". No request has it: methods are tokens without spaces (RFC 9110 section 5.6.2). */
const ANY = 'any method';

interface Listed<T> {
  readonly value: T;
  /** Its pattern ends in a `*`, and stands for whatever is mounted there. */
  readonly isFamily: boolean;
}

/**
 * Routes by their patterns, each with what somebody wants to know of it. Paths are compared by Hono's own
 * router, so that a path is here what it is to the app: no spelling of it is two things.
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
   * What is listed for a request; `undefined` when nothing is.
   *
   * @param path as Hono has it (`context.req.path`), with percent-encoding undone where that can be done.
   */
  find(method: string, path: string): T | undefined {
    const asked = routed(method);
    const matches = this.#listed.match(asked, path)[0].map(([match]) => match);
    const isShadowed = this.isShadowed(method, path);
    return matches.find(({ isFamily }) => isFamily || !isShadowed)?.value;
  }

  /** Whether a request is for a route that was taken by {@link shadow}. */
  isShadowed(method: string, path: string): boolean {
    return this.#shadowing.match(routed(method), path)[0].length > 0;
  }

  /** Whether the pattern itself is listed, whatever its parameters are called, or a `*` that stands for it. */
  has({ method, path }: Route): boolean {
    const pattern = anonymous(path);
    return (
      this.#patterns.has(`${method} ${pattern}`) ||
      this.#patterns.has(`ALL ${pattern}`) ||
      this.#families.some((family) => ['ALL', method].includes(family.method) && pattern.startsWith(family.path))
    );
  }

  /**
   * Takes the routes of an app, and from then on finds nothing for those that are not listed, also where
   * a parameter of a listed one matches them: `/data/admin/reset` is not the `/data/:object/:id` that somebody
   * listed. A pattern with `*` may be a middleware, which answers nothing by itself, and is left out.
   */
  shadow(routes: Iterable<Route>): void {
    for (const route of routes) {
      if (route.path.includes('*') || this.has(route)) continue;
      this.#shadowing.add(route.method, route.path, true);
      this.#shadowing.add(ANY, route.path, true);
    }
  }
}

/** Hono routes HEAD as GET. OPTIONS asks about a path, not about one of its methods. */
function routed(method: string): string {
  if (method === 'HEAD') return 'GET';
  return method === 'OPTIONS' ? ANY : method;
}

function anonymous(path: string): string {
  return path.replaceAll(/:[A-Za-z0-9_]+/g, ':');
}
