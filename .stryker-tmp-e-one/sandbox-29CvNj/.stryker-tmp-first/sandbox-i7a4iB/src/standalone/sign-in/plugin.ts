// @ts-nocheck
// 
import type { Plugin, PluginContext } from '@objectstack/core';
import type { AuthManager, AuthPluginOptions } from '@objectstack/plugin-auth';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import { VERSION } from '../../base/version.ts';
import type { DataEngine } from '../../platform/engine.ts';
import { type ServiceLookup, serviceLookup } from '../../platform/service-lookup.ts';
import { refuseDefaultPassword } from './default-password.ts';
import { hideInvitations, type Reader } from './hide-invitations.ts';
import { limitTries, PASSWORD_SIGN_IN } from './limit-tries.ts';
import { checkMemberFilters } from './member-filters.ts';
import { cancelOnRemoval, ensureFirstOrganization } from './membership.ts';
import { newAccountHooks } from './new-accounts.ts';
import { type Accounts, SetUp, type SetUpToken } from './set-up.ts';
import { mountSetUp } from './set-up-page.ts';
import { type LimitStorage, sharedLimits, signInLimits } from './shared-limits.ts';
import type { SetUpConfig } from './sign-in-config.ts';
import { type Statement, signInStateObject, statementsOn } from './state.ts';
import { Tries } from './tries.ts';

const NAME = 'com.objectstack.api-keys.sign-in';

export interface SignInOptions {
  readonly production: boolean;
  /** Signs cookies, and names what is counted. */
  readonly secret: string;
  /** The first administrator; without it, the person with the token that the server prints at start-up. */
  readonly setUp: SetUpConfig | undefined;
}

/** The service that provides the set-up token for the server to print. */
export const SET_UP_SERVICE = 'api-keys.set-up';

export interface PendingSetUp {
  readonly token: SetUpToken | undefined;
  /** Whether there is nobody yet who could sign in. */
  isOpen(): Promise<boolean>;
}

/**
 * Controls who may get an account on this server: the first administrator, invited people, and members of an
 * organization. Add it before `AuthPlugin`, which uses its hooks.
 */
export class SignInPlugin implements Plugin {
  readonly name = NAME;
  readonly version = VERSION;
  readonly type = 'standard';
  readonly requiresServices = ['http-server', 'manifest', 'objectql'];
  /** For the options of `AuthPlugin`. */
  readonly databaseHooks: AuthPluginOptions['databaseHooks'];
  /** Also for those. At sign-in better-auth would count right passwords, and all accounts of a network as one. */
  readonly rateLimit: NonNullable<AuthPluginOptions['rateLimit']>;
  readonly #options: SignInOptions;
  #engine: () => Promise<DataEngine> = notReady;
  #setUp: SetUp | undefined;
  #token: SetUpToken | undefined;
  #tries: Tries | undefined;
  #run: Statement | undefined;
  #limitsShared = false;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.rateLimit = signInLimits(options.production, [PASSWORD_SIGN_IN.slice('/api/v1/auth'.length)]);
    this.databaseHooks = newAccountHooks(() => this.#engine());
  }

  init(context: PluginContext): void {
    const lookup = serviceLookup(context);
    this.#engine = () => lookup<DataEngine>('objectql');
    context.getService<{ register(manifest: object): void }>('manifest').register({
      id: NAME,
      name: 'Sign-in',
      version: VERSION,
      type: 'plugin',
      scope: 'system',
      namespace: 'sys',
      objects: [signInStateObject],
    });
    const pending = (): SetUpToken | undefined => this.#token;
    context.registerService(SET_UP_SERVICE, {
      get token() {
        return pending();
      },
      isOpen: async () => (await this.#setUp?.isOpen()) ?? false,
    } satisfies PendingSetUp);
    const app = context.getService<HonoHttpServer>('http-server').getRawApp();
    checkMemberFilters(app);
    limitTries(app, () => this.#tries ?? notReady());
    hideInvitations(
      app,
      async (headers) => findReader(await lookup<AuthManager>('auth'), headers),
      () => this.#engine(),
    );
    mountSetUp(app, () => this.#setUp ?? notReady());
    context.hook('auth:configure', (auth: { rateLimitStorage: LimitStorage }) => {
      const run = (): Statement => this.#run ?? notReady();
      auth.rateLimitStorage = sharedLimits(run, this.#options.secret, auth.rateLimitStorage);
      this.#limitsShared = true;
    });
    // Before the platform makes the administrator of an empty development database.
    context.hook('kernel:ready', () => this.#prepare(context, lookup));
    context.hook('kernel:bootstrapped', () => this.#open(context));
  }

  async #prepare(context: PluginContext, lookup: ServiceLookup): Promise<void> {
    if (!this.#limitsShared) throw new Error('SignInPlugin must be registered before AuthPlugin and what needs it.');
    const engine = await this.#engine();
    const auth = await lookup<AuthManager>('auth');
    const run = statementsOn(engine);
    this.#run = run;
    cancelOnRemoval(engine);
    this.#tries = new Tries(run, this.#options.secret);
    if (this.#options.production) {
      const { password } = await auth.getAuthContext();
      await refuseDefaultPassword(engine, run, (check) => password.verify(check));
    }
    const accounts = async (): Promise<Accounts> => (await auth.getApi()) as unknown as Accounts;
    this.#setUp = new SetUp(engine, run, accounts, () => ensureFirstOrganization(context));
  }

  async #open(context: PluginContext): Promise<void> {
    const setUp = this.#setUp ?? notReady();
    const { setUp: administrator } = this.#options;
    if (!(await setUp.isOpen())) return ensureFirstOrganization(context);
    if (administrator === undefined) this.#token = await setUp.issue();
    else await setUp.create({ ...administrator, name: 'Administrator' });
  }
}

async function findReader(auth: AuthManager, headers: Headers): Promise<Reader | undefined> {
  const api = (await auth.getApi()) as unknown as {
    getSession(request: { headers: Headers }): Promise<{ readonly user: Reader } | null>;
  };
  return (await api.getSession({ headers }))?.user;
}

function notReady(): never {
  throw new Error('The kernel is not ready.');
}
