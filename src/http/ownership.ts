import type { Hono } from 'hono';

/** Hono's environment comes from the process, never from a request, so a client cannot forge a probe. */
const PROBE = Symbol('which handler answers');

/** A request that finds out which handler answers at a path. */
export interface Probe {
  answeredBy?: object;
}

/** The probe in the environment of a request, if any. */
export function probeIn(env: unknown): Probe | undefined {
  return (env as { [PROBE]?: Probe } | undefined)?.[PROBE];
}

/**
 * Checks which handler of an app answers, for every spelling of each path. Hono serves the handler that
 * was registered first, and the platform has its own, permissive `POST /keys`.
 *
 * @param owner the expected handler.
 * @throws WrongHandlerError if another handler answers. The kernel then does not start.
 */
export async function proveOwnership(app: Hono, owner: object, paths: readonly string[]): Promise<void> {
  for (const spelling of paths.flatMap(spellings)) {
    const probe: Probe = {};
    await app.request(`http://localhost${spelling}`, { method: 'POST' }, { [PROBE]: probe });
    if (probe.answeredBy !== owner) throw new WrongHandlerError(spelling);
  }
}

/** Another plugin answers at a path of this plugin. */
export class WrongHandlerError extends Error {
  override readonly name = 'WrongHandlerError';

  constructor(path: string) {
    super(
      `ApiKeysPlugin: POST ${path} is answered by another plugin, which makes none of the checks of this one. ` +
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
