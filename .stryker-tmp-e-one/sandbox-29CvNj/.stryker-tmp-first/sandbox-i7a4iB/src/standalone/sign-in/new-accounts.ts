// @ts-nocheck
// 
import type { AuthPluginOptions } from '@objectstack/plugin-auth';
import type { DataEngine, Row } from '../../platform/engine.ts';

const SYSTEM = { isSystem: true };

/** The request that creates an account; `undefined` if this process creates it. */
interface Endpoint {
  readonly path?: string;
  readonly request?: unknown;
  readonly body?: unknown;
  readonly headers?: { get(name: string): string | null };
}

/** Rejects a new account, with an error in the format of better-auth. */
class AccountRefused extends Error {
  override readonly name = 'APIError';
  readonly status = 'FORBIDDEN';
  readonly statusCode = 403;
  readonly headers = {};
  readonly body: { readonly code: string; readonly message: string };

  constructor(code: string, message: string) {
    super(message);
    this.body = { code, message };
  }
}

/**
 * Decides who may create an account, in the one place that every way of creating one uses. By itself, the
 * platform accepts anyone who gives an invited address, and anyone on an empty database. The first stranger
 * would own the server, and anyone who knows an invited address would get its rights.
 */
export function newAccountHooks(engine: () => Promise<DataEngine>): AuthPluginOptions['databaseHooks'] {
  return {
    user: {
      create: {
        async before(user, endpoint) {
          await assertMayHaveAccount(engine, user, endpoint as Endpoint | null);
        },
      },
    },
  };
}

async function assertMayHaveAccount(
  engine: () => Promise<DataEngine>,
  user: { readonly email: string; readonly emailVerified?: boolean | undefined },
  endpoint: Endpoint | null,
): Promise<void> {
  // The set-up, and the administrator of a development database.
  if (endpoint?.request === undefined || endpoint.request === null) return;
  const path = endpoint.path ?? '';
  // The platform has asked for an administrator's session.
  if (path.startsWith('/admin/')) return;
  if (path === '/sign-up/email') {
    if (isInvitation(await findInvitation(await engine(), invitationIdOf(endpoint)), user.email)) return;
    throw new AccountRefused('INVITATION_REQUIRED', 'You need an invitation to sign up. Open the link in it.');
  }
  if (user.emailVerified !== true) {
    throw new AccountRefused('EMAIL_NOT_VERIFIED', 'Your identity provider has not verified your e-mail address.');
  }
  // Also with a verified address: the first administrator comes from the operator.
  if ((await (await engine()).find('sys_account', { limit: 1, context: SYSTEM })).length === 0) {
    throw new AccountRefused('SET_UP_REQUIRED', 'This server has no administrator yet. Set one up at /set-up first.');
  }
}

async function findInvitation(engine: DataEngine, id: string | undefined): Promise<Row | undefined> {
  if (id === undefined) return undefined;
  return (await engine.find('sys_invitation', { where: { id }, limit: 1, context: SYSTEM }))[0];
}

function isInvitation(invitation: Row | undefined, email: string): boolean {
  if (invitation === undefined || invitation['status'] !== 'pending') return false;
  const until = new Date(String(invitation['expires_at'])).getTime();
  return String(invitation['email']).toLowerCase() === email.toLowerCase() && until > Date.now();
}

/** The id of an invitation is random and part of the link that the invited person gets. */
const INVITATION_ID = /^[\w-]{1,64}$/;
const LINK = /\/accept-invitation\/([\w-]{1,64})(?:$|[?#])/;

/** From `invitationId` in the body, or from the page of the Console that the link opens. */
function invitationIdOf({ body, headers }: Endpoint): string | undefined {
  const given = (body as { invitationId?: unknown } | undefined)?.invitationId;
  if (typeof given === 'string') return INVITATION_ID.test(given) ? given : undefined;
  const page = headers?.get('referer') ?? '';
  if (!URL.canParse(page)) return undefined;
  return LINK.exec(new URL(page).searchParams.get('redirect') ?? '')?.[1];
}
