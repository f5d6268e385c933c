// @ts-nocheck
import { extractApiKey, hashApiKey } from '@objectstack/core';
import type { Hono, MiddlewareHandler } from 'hono';
import { ServiceError, toServiceError } from '../../base/errors.ts';
import type { RouteTable } from '../../http/route-table.ts';
import type { Row } from '../../platform/engine.ts';
import { carriesApiKey } from '../admission/carries-api-key.ts';
import { currentKey } from '../admission/current-key.ts';
import type { KeyUses } from '../admission/key-uses.ts';
import { type Ceiling, ceilingOf, type StoredScopes } from '../record/ceiling.ts';
import type { KeyRoute } from './routes.ts';

/** What has to be known of the key of a request. */
export interface PresentedKeys {
  findApiKey(hash: string): Promise<Row | undefined>;
  /** @returns `undefined` when the key is not live. */
  admit(row: Row): Promise<{ readonly key: { readonly scopes: StoredScopes } } | undefined>;
}

const NOT_BOUNDED =
  'This API key has scopes, and keys with scopes cannot use this route, because object permissions do not limit it. ' +
  'Use a key without scopes, or sign in and use your session.';
const NO_ACTIONS = 'This API key may not run actions. Use a key with the scope "actions:execute".';

/**
 * Keeps keys with scopes from the routes where nothing would hold them to their scopes, and from business
 * actions unless a scope allows those. Routes that are bounded by the rights on objects are left to the engine,
 * so that nothing is looked up twice there.
 */
export class ScopedKeyGuard {
  readonly #handler: MiddlewareHandler;

  /**
   * @param uses is told of what was done here: nowhere else is it seen.
   * @param refuse makes the answer of an error.
   */
  constructor(
    routes: RouteTable<KeyRoute>,
    keys: PresentedKeys,
    uses: Pick<KeyUses, 'note'>,
    refuse: (error: ServiceError) => Response,
  ) {
    this.#handler = async (context, next) => {
      const { method, path, raw } = context.req;
      const route = routes.find(method, path);
      if (route === undefined || staysWithinScopes(route) || !carriesApiKey(raw.headers)) return next();
      try {
        const ceiling = await ceilingOfRequest(raw.headers, keys);
        const refusal = ceiling && refusalOf(route, ceiling);
        if (refusal !== undefined) return refuse(new ServiceError('FORBIDDEN', { message: refusal }));
      } catch (error) {
        return refuse(toServiceError(error));
      }
      await next();
      const key = currentKey();
      if (key === undefined || !context.res.ok) return;
      if (route.kind === 'actions') uses.note(key.id, objectName(context.req.path), 'EXECUTE');
      else uses.note(key.id, '', 'OTHER');
    };
  }

  /** Guards whatever is mounted from now on. */
  mount(app: Hono): void {
    app.use(this.#handler);
  }
}

/** Bounded where the engine is asked, or the same for everybody, or decided by the endpoints of this service. */
function staysWithinScopes({ kind, boundedByObjectRights }: KeyRoute): boolean {
  return boundedByObjectRights || kind === 'public' || kind === 'keys';
}

/** The object of `/actions/:object/:action`, below any prefix. */
function objectName(path: string): string {
  return /\/actions\/([a-z][a-z0-9_]{0,127})\//.exec(path)?.[1] ?? '';
}

function refusalOf({ kind }: KeyRoute, ceiling: Ceiling): string | undefined {
  if (kind !== 'actions') return NOT_BOUNDED;
  return ceiling.actions ? undefined : NO_ACTIONS;
}

/** `undefined` for a key without scopes, and for one that is not live, which the platform refuses itself. */
async function ceilingOfRequest(headers: Headers, keys: PresentedKeys): Promise<Ceiling | undefined> {
  const raw = extractApiKey(headers);
  const row = raw === undefined ? undefined : await keys.findApiKey(hashApiKey(raw));
  const admitted = row && (await keys.admit(row));
  return admitted && ceilingOf(admitted.key.scopes);
}
