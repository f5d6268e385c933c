// @ts-nocheck
// 
import type { AuthService } from '../../src/auth/session.ts';

type Context = Awaited<ReturnType<AuthService['getAuthContext']>>;
type Kept = NonNullable<Awaited<ReturnType<Context['internalAdapter']['findSession']>>>['session'];
type Resolved = Awaited<ReturnType<Awaited<ReturnType<AuthService['getApi']>>['getSession']>>;

export const SECRET = 'a secret of the tests';

/** The platform's `auth` service without a kernel: says what it is told to, and keeps what it was asked. */
export class SignIn implements AuthService {
  config: AuthService['config'] = {};
  gate = false;
  /** Anything but `undefined`: sessions are kept there, and not in the database. */
  secondaryStorage: unknown;
  /** The session that is kept there. */
  kept: Kept | undefined;
  /** What the platform's own look-up of a session answers. */
  getSession: () => Resolved = () => ({ user: {} });
  readonly asked: [question: string, ...unknown[]][] = [];
  /** The questions that fail. */
  readonly broken = new Set<string>();

  async getAuthContext(): Promise<Context> {
    this.#failIfBroken('getAuthContext');
    return {
      secret: SECRET,
      baseURL: 'https://keys.example.com/api/v1/auth',
      authCookies: { sessionToken: { name: 'keys.session' } },
      options: { secondaryStorage: this.secondaryStorage },
      internalAdapter: {
        findSession: async (token) => {
          this.asked.push(['findSession', token]);
          this.#failIfBroken('findSession');
          return this.kept === undefined ? null : { session: this.kept };
        },
      },
    };
  }

  isAuthGateActive(): boolean {
    return this.gate;
  }

  async getApi(): ReturnType<AuthService['getApi']> {
    this.#failIfBroken('getApi');
    return {
      getSession: async ({ headers, query }) => {
        this.asked.push(['getSession', Object.fromEntries(headers), query]);
        this.#failIfBroken('getSession');
        return this.getSession();
      },
    };
  }

  #failIfBroken(question: string): void {
    if (this.broken.has(question)) throw new Error(`${question} fails`);
  }
}
