import type { Hono } from 'hono';

/** Hono's environment is handed in by the process, never by a request: what is in it cannot be forged. */
const PROBE = Symbol('which handler answers');

/** A request that asks who answers at a path. */
export interface Probe {
  answeredBy?: object;
}

/** The probe that a request is, if it is one. */
export function probeIn(env: unknown): Probe | undefined {
  return (env as { [PROBE]?: Probe } | undefined)?.[PROBE];
}

/**
 * Asks an app which handler answers, for each way of writing each path. Hono serves the handler that
 * was registered first, and the platform has a permissive `POST /keys` of its own.
 *
 * @param owner what is to answer.
 * @throws WrongHandlerError when it is another one, with what to do about it. The kernel then does not start.
 */
export async function proveOwnership(app: Hono, owner: object, paths: readonly string[]): Promise<void> {
  for (const spelling of paths.flatMap(spellings)) {
    const probe: Probe = {};
    await app.request(`http://localhost${spelling}`, { method: 'POST' }, { [PROBE]: probe });
    if (probe.answeredBy !== owner) throw new WrongHandlerError(spelling);
  }
}

/** Another plugin answers at a path of this one. */
export class WrongHandlerError extends Error {
  override readonly name = 'WrongHandlerError';

  constructor(path: string) {
    super(
      `ApiKeysPlugin: POST ${path} is answered by another plugin, which would mint keys without the checks of this one. ` +
        'Register ApiKeysPlugin before every other plugin that mounts this path: right after HonoServerPlugin, ' +
        'and in any case before createDispatcherPlugin().',
    );
  }
}

/** A path as it is, with a trailing slash, with a query string, and with a letter percent-encoded. */
function spellings(path: string): string[] {
  const last = path.lastIndexOf('/') + 1;
  const letter = path.charCodeAt(last).toString(16).toUpperCase();
  const encoded = `${path.slice(0, last)}%${letter}${path.slice(last + 1)}`;
  return [path, `${path}/`, `${path}?probe=1`, `${path}/?probe=1`, encoded, `${encoded}/`];
}
