// @ts-nocheck
// 
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
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
  readonly authCookies: {
    readonly sessionToken: {
      readonly name: string;
    };
  };
  /** Where sessions may live outside the database. */
  readonly options: {
    readonly secondaryStorage?: unknown;
  };
  readonly internalAdapter: {
    findSession(token: string): Promise<{
      session: StoredSession;
    } | null>;
  };
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
    }): Promise<{
      user: {
        authGate?: unknown;
      };
    } | null | undefined>;
  }>;
  /** Options of the platform's session controls. They are private in its types, so they may be missing. */
  readonly config?: {
    readonly sessionIdleTimeoutMinutes?: unknown;
    readonly sessionAbsoluteMaxHours?: unknown;
  } | undefined;
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
    if (stryMutAct_9fa48("295")) {
      {}
    } else {
      stryCov_9fa48("295");
      this.#auth = auth;
      this.#platform = platform;
    }
  }

  /** The principal of a bearer token, or `undefined` if the session is not valid. */
  async fromBearer(bearer: string): Promise<SessionPrincipal | undefined> {
    if (stryMutAct_9fa48("296")) {
      {}
    } else {
      stryCov_9fa48("296");
      const context = await this.#context();
      return this.#resolve(context, tokenFromBearer(bearer, context.secret));
    }
  }

  /** The principal of a session cookie, or `undefined` if it contains no valid session. */
  async fromCookie(cookieHeader: string): Promise<SessionPrincipal | undefined> {
    if (stryMutAct_9fa48("297")) {
      {}
    } else {
      stryCov_9fa48("297");
      const context = await this.#context();
      return this.#resolve(context, tokenFromCookie(cookieHeader, context.authCookies.sessionToken.name, context.secret));
    }
  }
  #context(): Promise<BetterAuthContext> {
    if (stryMutAct_9fa48("298")) {
      {}
    } else {
      stryCov_9fa48("298");
      return this.#platform.inTime(stryMutAct_9fa48("299") ? () => undefined : (stryCov_9fa48("299"), () => this.#auth.getAuthContext()));
    }
  }
  async #resolve(context: BetterAuthContext, token: string | undefined): Promise<SessionPrincipal | undefined> {
    if (stryMutAct_9fa48("300")) {
      {}
    } else {
      stryCov_9fa48("300");
      if (stryMutAct_9fa48("303") ? token !== undefined : stryMutAct_9fa48("302") ? false : stryMutAct_9fa48("301") ? true : (stryCov_9fa48("301", "302", "303"), token === undefined)) return undefined;
      // First the platform's own session policy, where one is configured: it may end the session.
      if (stryMutAct_9fa48("305") ? false : stryMutAct_9fa48("304") ? true : (stryCov_9fa48("304", "305"), this.#hasSessionPolicy())) await this.#applySessionPolicy(token);
      const session = await this.#findSession(context, token);
      if (stryMutAct_9fa48("308") ? session === undefined && !isLive(session) : stryMutAct_9fa48("307") ? false : stryMutAct_9fa48("306") ? true : (stryCov_9fa48("306", "307", "308"), (stryMutAct_9fa48("310") ? session !== undefined : stryMutAct_9fa48("309") ? false : (stryCov_9fa48("309", "310"), session === undefined)) || (stryMutAct_9fa48("311") ? isLive(session) : (stryCov_9fa48("311"), !isLive(session))))) return undefined;
      const user = await this.#platform.findUser(session.userId);
      if (stryMutAct_9fa48("314") ? user === undefined && isBanned(user['banned'], user['ban_expires']) : stryMutAct_9fa48("313") ? false : stryMutAct_9fa48("312") ? true : (stryCov_9fa48("312", "313", "314"), (stryMutAct_9fa48("316") ? user !== undefined : stryMutAct_9fa48("315") ? false : (stryCov_9fa48("315", "316"), user === undefined)) || isBanned(user[stryMutAct_9fa48("317") ? "" : (stryCov_9fa48("317"), 'banned')], user[stryMutAct_9fa48("318") ? "" : (stryCov_9fa48("318"), 'ban_expires')]))) return undefined;
      return sessionPrincipal(stryMutAct_9fa48("319") ? {} : (stryCov_9fa48("319"), {
        userId: session.userId,
        email: (stryMutAct_9fa48("322") ? typeof user['email'] !== 'string' : stryMutAct_9fa48("321") ? false : stryMutAct_9fa48("320") ? true : (stryCov_9fa48("320", "321", "322"), typeof user[stryMutAct_9fa48("323") ? "" : (stryCov_9fa48("323"), 'email')] === (stryMutAct_9fa48("324") ? "" : (stryCov_9fa48("324"), 'string')))) ? user[stryMutAct_9fa48("325") ? "" : (stryCov_9fa48("325"), 'email')] : stryMutAct_9fa48("326") ? "Stryker was here!" : (stryCov_9fa48("326"), ''),
        organizationId: isPresent(session.activeOrganizationId) ? String(session.activeOrganizationId) : undefined
      }), isPresent(session.impersonatedBy));
    }
  }
  async #findSession(context: BetterAuthContext, token: string): Promise<LiveSession | undefined> {
    if (stryMutAct_9fa48("327")) {
      {}
    } else {
      stryCov_9fa48("327");
      if (stryMutAct_9fa48("330") ? context.options.secondaryStorage === undefined : stryMutAct_9fa48("329") ? false : stryMutAct_9fa48("328") ? true : (stryCov_9fa48("328", "329", "330"), context.options.secondaryStorage !== undefined)) {
        if (stryMutAct_9fa48("331")) {
          {}
        } else {
          stryCov_9fa48("331");
          const found = await this.#platform.inTime(stryMutAct_9fa48("332") ? () => undefined : (stryCov_9fa48("332"), () => context.internalAdapter.findSession(token)));
          return (stryMutAct_9fa48("335") ? found !== null : stryMutAct_9fa48("334") ? false : stryMutAct_9fa48("333") ? true : (stryCov_9fa48("333", "334", "335"), found === null)) ? undefined : stryMutAct_9fa48("336") ? {} : (stryCov_9fa48("336"), {
            ...found.session,
            revokedAt: undefined
          });
        }
      }
      const row = await this.#platform.findSession(token);
      if (stryMutAct_9fa48("339") ? row === undefined && typeof row['user_id'] !== 'string' : stryMutAct_9fa48("338") ? false : stryMutAct_9fa48("337") ? true : (stryCov_9fa48("337", "338", "339"), (stryMutAct_9fa48("341") ? row !== undefined : stryMutAct_9fa48("340") ? false : (stryCov_9fa48("340", "341"), row === undefined)) || (stryMutAct_9fa48("343") ? typeof row['user_id'] === 'string' : stryMutAct_9fa48("342") ? false : (stryCov_9fa48("342", "343"), typeof row[stryMutAct_9fa48("344") ? "" : (stryCov_9fa48("344"), 'user_id')] !== (stryMutAct_9fa48("345") ? "" : (stryCov_9fa48("345"), 'string')))))) return undefined;
      return stryMutAct_9fa48("346") ? {} : (stryCov_9fa48("346"), {
        userId: row[stryMutAct_9fa48("347") ? "" : (stryCov_9fa48("347"), 'user_id')],
        expiresAt: row['expires_at'] as Date | string,
        revokedAt: row[stryMutAct_9fa48("348") ? "" : (stryCov_9fa48("348"), 'revoked_at')],
        activeOrganizationId: row[stryMutAct_9fa48("349") ? "" : (stryCov_9fa48("349"), 'active_organization_id')],
        impersonatedBy: row[stryMutAct_9fa48("350") ? "" : (stryCov_9fa48("350"), 'impersonated_by')]
      });
    }
  }

  /**
   * Whether the platform has rules for sessions beyond "exists and has not expired": idle and
   * absolute time-outs, expired passwords, required second factors. They run in its full session
   * hook, which costs several times as much as the look-up, so the hook runs only if such rules are
   * configured, or if that is unknown.
   */
  #hasSessionPolicy(): boolean {
    if (stryMutAct_9fa48("351")) {
      {}
    } else {
      stryCov_9fa48("351");
      const {
        config
      } = this.#auth;
      if (stryMutAct_9fa48("354") ? config !== undefined : stryMutAct_9fa48("353") ? false : stryMutAct_9fa48("352") ? true : (stryCov_9fa48("352", "353", "354"), config === undefined)) return stryMutAct_9fa48("355") ? false : (stryCov_9fa48("355"), true);
      return stryMutAct_9fa48("358") ? (Number(config.sessionIdleTimeoutMinutes ?? 0) !== 0 || Number(config.sessionAbsoluteMaxHours ?? 0) !== 0) && this.#auth.isAuthGateActive() : stryMutAct_9fa48("357") ? false : stryMutAct_9fa48("356") ? true : (stryCov_9fa48("356", "357", "358"), (stryMutAct_9fa48("360") ? Number(config.sessionIdleTimeoutMinutes ?? 0) !== 0 && Number(config.sessionAbsoluteMaxHours ?? 0) !== 0 : stryMutAct_9fa48("359") ? false : (stryCov_9fa48("359", "360"), (stryMutAct_9fa48("362") ? Number(config.sessionIdleTimeoutMinutes ?? 0) === 0 : stryMutAct_9fa48("361") ? false : (stryCov_9fa48("361", "362"), Number(stryMutAct_9fa48("363") ? config.sessionIdleTimeoutMinutes && 0 : (stryCov_9fa48("363"), config.sessionIdleTimeoutMinutes ?? 0)) !== 0)) || (stryMutAct_9fa48("365") ? Number(config.sessionAbsoluteMaxHours ?? 0) === 0 : stryMutAct_9fa48("364") ? false : (stryCov_9fa48("364", "365"), Number(stryMutAct_9fa48("366") ? config.sessionAbsoluteMaxHours && 0 : (stryCov_9fa48("366"), config.sessionAbsoluteMaxHours ?? 0)) !== 0)))) || this.#auth.isAuthGateActive());
    }
  }
  async #applySessionPolicy(token: string): Promise<void> {
    if (stryMutAct_9fa48("367")) {
      {}
    } else {
      stryCov_9fa48("367");
      const resolved = await this.#platform.inTime(stryMutAct_9fa48("368") ? () => undefined : (stryCov_9fa48("368"), async () => (await this.#auth.getApi()).getSession(stryMutAct_9fa48("369") ? {} : (stryCov_9fa48("369"), {
        headers: new Headers(stryMutAct_9fa48("370") ? {} : (stryCov_9fa48("370"), {
          authorization: stryMutAct_9fa48("371") ? `` : (stryCov_9fa48("371"), `Bearer ${token}`)
        })),
        query: stryMutAct_9fa48("372") ? {} : (stryCov_9fa48("372"), {
          disableCookieCache: stryMutAct_9fa48("373") ? false : (stryCov_9fa48("373"), true),
          disableRefresh: stryMutAct_9fa48("374") ? false : (stryCov_9fa48("374"), true)
        })
      }))));
      if (stryMutAct_9fa48("376") ? false : stryMutAct_9fa48("375") ? true : (stryCov_9fa48("375", "376"), isPresent(stryMutAct_9fa48("377") ? resolved.user.authGate : (stryCov_9fa48("377"), resolved?.user.authGate)))) {
        if (stryMutAct_9fa48("378")) {
          {}
        } else {
          stryCov_9fa48("378");
          throw new ServiceError(stryMutAct_9fa48("380") ? "" : (stryCov_9fa48("380"), 'FORBIDDEN'), stryMutAct_9fa48("381") ? {} : (stryCov_9fa48("381"), {
            message: stryMutAct_9fa48("382") ? "" : (stryCov_9fa48("382"), 'Your account does not meet a sign-in policy yet. Change your password or set up a second factor first.')
          }));
        }
      }
    }
  }
}
interface LiveSession extends StoredSession {
  readonly revokedAt: unknown;
}
function isLive(session: LiveSession): boolean {
  if (stryMutAct_9fa48("383")) {
    {}
  } else {
    stryCov_9fa48("383");
    // An expiry that does not parse is NaN, and NaN is not greater than anything: not live.
    return stryMutAct_9fa48("386") ? !isPresent(session.revokedAt) || new Date(session.expiresAt).getTime() > Date.now() : stryMutAct_9fa48("385") ? false : stryMutAct_9fa48("384") ? true : (stryCov_9fa48("384", "385", "386"), (stryMutAct_9fa48("387") ? isPresent(session.revokedAt) : (stryCov_9fa48("387"), !isPresent(session.revokedAt))) && (stryMutAct_9fa48("390") ? new Date(session.expiresAt).getTime() <= Date.now() : stryMutAct_9fa48("389") ? new Date(session.expiresAt).getTime() >= Date.now() : stryMutAct_9fa48("388") ? true : (stryCov_9fa48("388", "389", "390"), new Date(session.expiresAt).getTime() > Date.now())));
  }
}
function isPresent(value: unknown): boolean {
  if (stryMutAct_9fa48("391")) {
    {}
  } else {
    stryCov_9fa48("391");
    return stryMutAct_9fa48("394") ? value !== undefined && value !== null || value !== '' : stryMutAct_9fa48("393") ? false : stryMutAct_9fa48("392") ? true : (stryCov_9fa48("392", "393", "394"), (stryMutAct_9fa48("396") ? value !== undefined || value !== null : stryMutAct_9fa48("395") ? true : (stryCov_9fa48("395", "396"), (stryMutAct_9fa48("398") ? value === undefined : stryMutAct_9fa48("397") ? true : (stryCov_9fa48("397", "398"), value !== undefined)) && (stryMutAct_9fa48("400") ? value === null : stryMutAct_9fa48("399") ? true : (stryCov_9fa48("399", "400"), value !== null)))) && (stryMutAct_9fa48("402") ? value === '' : stryMutAct_9fa48("401") ? true : (stryCov_9fa48("401", "402"), value !== (stryMutAct_9fa48("403") ? "Stryker was here!" : (stryCov_9fa48("403"), '')))));
  }
}