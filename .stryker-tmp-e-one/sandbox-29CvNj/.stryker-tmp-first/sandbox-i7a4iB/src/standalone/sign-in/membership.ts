// @ts-nocheck
// 
import type { PluginContext } from '@objectstack/core';
import { type AuthPluginOptions, ensureDefaultOrganization } from '@objectstack/plugin-auth';
import { postureEnforcesWall, type TenancyPosture } from '@objectstack/spec/security';
import type { DataEngine, Row } from '../../platform/engine.ts';
import { serviceLookup } from '../../platform/service-lookup.ts';

const SYSTEM = { isSystem: true };
const MEMBER_OBJECT = 'sys_member';
const INVITATION_OBJECT = 'sys_invitation';

/**
 * Keeps the platform from adding people to the first organization when they sign in, sign up, or when the
 * server restarts. Otherwise people who were removed from the organization would be added again. Only an
 * invitation or an administrator makes a person a member.
 */
export const noMembershipByItself: Pick<AuthPluginOptions, 'autoDefaultOrganization' | 'membershipPolicy'> = {
  autoDefaultOrganization: false,
  membershipPolicy: 'invite-only',
};

/** The part of the engine with which a plugin observes deletions. */
interface DeletionHooks {
  registerHook(
    event: 'afterDelete',
    handler: (context: { readonly previous?: Row }) => Promise<void>,
    options: { object: string; priority: number },
  ): void;
}

/** Removing a member cancels their open invitations, because an old invitation would let them back in. */
export function cancelOnRemoval(engine: DataEngine & Partial<DeletionHooks>): void {
  engine.registerHook?.('afterDelete', ({ previous }) => cancelInvitations(engine, previous), {
    object: MEMBER_OBJECT,
    priority: 100,
  });
}

/**
 * Creates the organization of the first administrator, but only if there is none: a person may have been
 * removed from an existing one. If organizations are separated, people create their own.
 */
export async function ensureFirstOrganization(context: PluginContext): Promise<void> {
  const lookup = serviceLookup(context);
  const { posture } = await lookup<{ posture: TenancyPosture }>('tenancy');
  if (postureEnforcesWall(posture)) return;
  const engine = await lookup<DataEngine>('objectql');
  if ((await engine.count('sys_organization', { context: SYSTEM })) > 0) return;
  await ensureDefaultOrganization(engine, { logger: context.logger });
}

async function cancelInvitations(engine: DataEngine, member: Row | undefined): Promise<void> {
  if (member === undefined) return;
  const [person] = await engine.find('sys_user', { where: { id: member['user_id'] }, limit: 1, context: SYSTEM });
  if (person === undefined) return;
  const invitations = await engine.find(INVITATION_OBJECT, {
    where: {
      email: String(person['email']).toLowerCase(),
      organization_id: member['organization_id'],
      status: 'pending',
    },
    context: SYSTEM,
  });
  for (const { id } of invitations) {
    await engine.update(INVITATION_OBJECT, { id, status: 'canceled' }, { context: SYSTEM });
  }
}
