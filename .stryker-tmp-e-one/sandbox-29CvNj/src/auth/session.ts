// @ts-nocheck
import { ServiceError } from '../base/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { isBanned } from './ban.ts';
import { type SessionPrincipal, sessionPrincipal } from './principal.ts';
import { tokenFromBearer, tokenFromCookie } from './session-token.ts';

/** The part of better-auth's context that is used. */
interface BetterAuthContext {
  readonly secret: string;
  /** The URL of its routes, under the `baseUrl` of the plugin. */
  readonly baseURL: string;
  readonly authCookies: { readonly sessionToken: { readonly name: string } };
  /** Where sessions may live outside the database. */
  readonly options: { readonly secondaryStorage?: unknown };
  readonly internalAdapter: { findSession(token: string): Promise<{ session: StoredSession } | null> };
}

/** A session as better-auth returns it from its secondary storage. */
interface StoredSession {
  readonly userId: string;
  readonly expiresAt: Date | string;
  readonly activeOrganizationId?: unknown;
  readonly impersonatedBy?: unknown;
}

/** The part of the platform's `auth` service that is used. */
export interface AuthService {
  getAuthContext(): Promise<BetterAuthContext>;
  isAuthGateActive(): boolean;
  getApi(): Promise<{
    getSession(options: {
      headers: Headers;
      query: Record<string, boolean>;
    }): Promise<{ user: { authGate?: unknown } } | null | undefined>;
  }>;
  /** Options of the platform's session controls. They are private in its types, so they may be missing. */
  readonly config?:
    | { readonly sessionIdleTimeoutMinutes?: unknown; readonly sessionAbsoluteMaxHours?: unknown }
    | undefined;
}

/**
 * Finds valid sessions. Nothing is cached beyond the request: a session that was revoked on any
 * replica fails at the next look-up. better-auth's cookie cache is never used, because a
 * revoked session could otherwise create a key that outlives it.
 *
 * The rows are read from the database: better-auth's output leaves out the columns of features that
 * are not enabled, including bans and impersonation.
 */
export class Sessions {
  readonly #auth: AuthService;
  readonly #platform: Platform;

  constructor(auth: AuthService, platform: Platform) {
    this.#auth = auth;
    this.#platform = platform;
  }

  /** The principal of a bearer token, or `undefined` if the session is not valid. */
  async fromBearer(bearer: string): Promise<SessionPrincipal | undefined> {
    const context = await this.#context();
    return this.#resolve(context, tokenFromBearer(bearer, context.secret));
  }

  /** The principal of a session cookie, or `undefined` if it contains no valid session. */
  async fromCookie(cookieHeader: string): Promise<SessionPrincipal | undefined> {
    const context = await this.#context();
    return this.#resolve(context, tokenFromCookie(cookieHeader, context.authCookies.sessionToken.name, context.secret));
  }

  #context(): Promise<BetterAuthContext> {
    return this.#platform.inTime(() => this.#auth.getAuthContext());
  }

  async #resolve(context: BetterAuthContext, token: string | undefined): Promise<SessionPrincipal | undefined> {
    if (token === undefined) return undefined;
    // First the platform's own session policy, where one is configured: it may end the session.
    if (this.#hasSessionPolicy()) await this.#applySessionPolicy(token);

    const session = await this.#findSession(context, token);
    if (session === undefined || !isLive(session)) return undefined;
    const user = await this.#platform.findUser(session.userId);
    if (user === undefined || isBanned(user['banned'], user['ban_expires'])) return undefined;
    return sessionPrincipal(
      {
        userId: session.userId,
        email: typeof user['email'] === 'string' ? user['email'] : '',
        organizationId: isPresent(session.activeOrganizationId) ? String(session.activeOrganizationId) : undefined,
      },
      isPresent(session.impersonatedBy),
    );
  }

  async #findSession(context: BetterAuthContext, token: string): Promise<LiveSession | undefined> {
    if (context.options.secondaryStorage !== undefined) {
      const found = await this.#platform.inTime(() => context.internalAdapter.findSession(token));
      return found === null ? undefined : { ...found.session, revokedAt: undefined };
    }
    const row = await this.#platform.findSession(token);
    if (row === undefined || typeof row['user_id'] !== 'string') return undefined;
    return {
      userId: row['user_id'],
      expiresAt: row['expires_at'] as Date | string,
      revokedAt: row['revoked_at'],
      activeOrganizationId: row['active_organization_id'],
      impersonatedBy: row['impersonated_by'],
    };
  }

  /**
   * Whether the platform has rules for sessions beyond "exists and has not expired": idle and
   * absolute time-outs, expired passwords, required second factors. They run in its full session
   * hook, which costs several times as much as the look-up, so the hook runs only if such rules are
   * configured, or if that is unknown.
   */
  #hasSessionPolicy(): boolean {
    const { config } = this.#auth;
    if (config === undefined) return true;
    return (
      Number(config.sessionIdleTimeoutMinutes ?? 0) !== 0 ||
      Number(config.sessionAbsoluteMaxHours ?? 0) !== 0 ||
      this.#auth.isAuthGateActive()
    );
  }

  async #applySessionPolicy(token: string): Promise<void> {
    const resolved = await this.#platform.inTime(async () =>
      (await this.#auth.getApi()).getSession({
        headers: new Headers({ authorization: `Bearer ${token}` }),
        query: { disableCookieCache: true, disableRefresh: true },
      }),
    );
    if (isPresent(resolved?.user.authGate)) {
      throw new ServiceError('FORBIDDEN', {
        message:
          'Your account does not meet a sign-in policy yet. Change your password or set up a second factor first.',
      });
    }
  }
}

interface LiveSession extends StoredSession {
  readonly revokedAt: unknown;
}

function isLive(session: LiveSession): boolean {
  // An expiry that does not parse is NaN, and NaN is not greater than anything: not live.
  return !isPresent(session.revokedAt) && new Date(session.expiresAt).getTime() > Date.now();
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
