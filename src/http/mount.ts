import type { Context, Hono } from 'hono';
import { ServiceError } from '../errors.ts';
import { errorResponse } from '../rest/envelope.ts';
import type { Door } from './door.ts';

/** Hono's environment is handed in by the process, never by a request: what is in it cannot be forged. */
const PROBE = Symbol('which handler answers');
interface ProbeEnv {
  [PROBE]?: { answeredBy?: Doors };
}

/**
 * The two doors at their paths on a Hono app. Everything below them is owned too: the platform has
 * a permissive `POST /keys` of its own, and a path that this service left over would reach it.
 */
export class Doors {
  readonly #doors: ReadonlyMap<string, Door>;
  #open = false;

  constructor(doors: ReadonlyMap<string, Door>) {
    this.#doors = doors;
  }

  /** Registers the handlers. Hono serves the one that was registered first. */
  mount(app: Hono): void {
    for (const [path, door] of this.#doors) {
      const handle = (context: Context): Promise<Response> | Response => this.#answer(context, door);
      app.all(path, handle);
      app.all(`${path}/`, handle);
      app.all(`${path}/*`, (context) => this.#answer(context, nothingHere));
    }
  }

  /** Lets requests in, once the proof has been made. */
  open(): void {
    this.#open = true;
  }

  /**
   * Asks the app itself which handler answers, for each way of writing each path.
   *
   * @throws Error when it is another one, with what to do about it. The kernel then does not start.
   */
  async prove(app: Hono): Promise<void> {
    for (const path of this.#doors.keys()) {
      for (const spelling of spellings(path)) {
        const probe: NonNullable<ProbeEnv[typeof PROBE]> = {};
        const env: ProbeEnv = { [PROBE]: probe };
        await app.request(`http://localhost${spelling}`, { method: 'POST' }, env);
        if (probe.answeredBy !== this) throw new WrongHandlerError(spelling);
      }
    }
  }

  #answer(context: Context, door: Door): Promise<Response> | Response {
    const probe = (context.env as ProbeEnv | undefined)?.[PROBE];
    if (probe !== undefined) {
      probe.answeredBy = this;
      return context.body(null, 204);
    }
    if (!this.#open) return errorResponse(new ServiceError('SERVICE_UNAVAILABLE', { retryAfter: 1 }));
    return door(context.req.raw);
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

const nothingHere: Door = async () => errorResponse(new ServiceError('NOT_FOUND'));

/** A path as it is, with a trailing slash, with a query string, and with a letter percent-encoded. */
function spellings(path: string): string[] {
  const last = path.lastIndexOf('/') + 1;
  const letter = path.charCodeAt(last).toString(16).toUpperCase();
  const encoded = `${path.slice(0, last)}%${letter}${path.slice(last + 1)}`;
  return [path, `${path}/`, `${path}?probe=1`, `${path}/?probe=1`, encoded, `${encoded}/`];
}
