// @ts-nocheck
// 
import type { Plugin, PluginContext } from '@objectstack/core';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import type { Hono } from 'hono';
import type { AuthService } from '../auth/session.ts';
import { ServiceError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import { webResponse } from '../http/web.ts';
import { errorAnswer } from '../rest/envelope.ts';
import { API_PREFIX } from './routes/api-prefix.ts';

const PATH = `${API_PREFIX}/openapi.json`;
/** How long a description is handed out before it is made again: metadata changes what it describes. */
const MAX_AGE_MS = 60_000;
/** Hono's environment is handed in by the process, never by a request: what is in it cannot be forged. */
const BUILDS = Symbol('builds the description');
interface BuildEnv {
  [BUILDS]?: true;
}

/**
 * The platform's OpenAPI description, for people who are signed in. It is half a megabyte and takes the
 * event loop some 50 ms to make, so it is made once a minute at most, and not once a request; and its
 * servers are this one by its configured address, not whatever `Host` a request has.
 *
 * To be added before the plugin of the REST API, which makes it.
 */
export function apiDescriptionPlugin(baseUrl: string): Plugin {
  return {
    name: 'com.objectstack.api-keys.api-description',
    version: VERSION,
    type: 'standard',
    requiresServices: ['http-server'],
    init(context: PluginContext): void {
      const app: Hono = context.getService<HonoHttpServer>('http-server').getRawApp();
      let made: { readonly text: Promise<string>; readonly at: number } | undefined;
      const text = (): Promise<string> => {
        if (made === undefined || Date.now() - made.at > MAX_AGE_MS) {
          made = { text: build(app, baseUrl), at: Date.now() };
          made.text.catch(() => {
            made = undefined;
          });
        }
        return made.text;
      };
      app.get(PATH, async (request, next) => {
        if ((request.env as BuildEnv | undefined)?.[BUILDS] === true) return next();
        try {
          if (!(await isSignedIn(context, request.req.raw.headers))) throw new ServiceError('UNAUTHENTICATED');
          return request.body(await text(), 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
        } catch (error) {
          const known =
            error instanceof ServiceError ? error : new ServiceError('SERVICE_UNAVAILABLE', { retryAfter: 2 });
          return webResponse(errorAnswer(known));
        }
      });
    },
  };
}

async function build(app: Hono, baseUrl: string): Promise<string> {
  // A cookie of nobody: the gate wants a credential, and this request has none.
  const headers = { cookie: 'none' };
  const response = await app.request(`${baseUrl}${PATH}`, { headers }, { [BUILDS]: true });
  if (!response.ok) throw new Error(`The API description could not be generated: ${response.status}.`);
  const description = (await response.json()) as object;
  return JSON.stringify({ ...description, servers: [{ url: baseUrl }] });
}

async function isSignedIn(context: PluginContext, headers: Headers): Promise<boolean> {
  const auth = await context.getKernel().getServiceAsync<AuthService>('auth');
  const api = await auth.getApi();
  const session = await api.getSession({ headers, query: { disableCookieCache: true, disableRefresh: true } });
  return session !== null && session !== undefined;
}
