import type { PluginContext } from '@objectstack/core';
import { type AuthPluginOptions, ensureDefaultOrganization } from '@objectstack/plugin-auth';
import { postureEnforcesWall, type TenancyPosture } from '@objectstack/spec/security';
import type { DataEngine, Row } from '../../platform/engine.ts';
import { serviceLookup } from '../../platform/service-lookup.ts';

const SYSTEM = { isSystem: true };
const MEMBER_OBJECT = 'sys_member';
const INVITATION_OBJECT = 'sys_invitation';

/**
 * Nobody becomes a member of an organization by signing in, by signing up or by a restart: the
 * platform would otherwise put everybody who is in none into the first one, and with that whoever was
 * removed from it. What makes a member is an invitation, or an administrator who adds them.
 */
export const noMembershipByItself: Pick<AuthPluginOptions, 'autoDefaultOrganization' | 'membershipPolicy'> = {
  autoDefaultOrganization: false,
  membershipPolicy: 'invite-only',
};

/** The part of the engine by which a plugin sees that a record was deleted. */
interface DeletionHooks {
  registerHook(
    event: 'afterDelete',
    handler: (context: { readonly previous?: Row }) => Promise<void>,
    options: { object: string; priority: number },
  ): void;
}

/** A removal ends the invitations that are still open: one from before it would lead back in. */
export function cancelOnRemoval(engine: DataEngine & Partial<DeletionHooks>): void {
  engine.registerHook?.('afterDelete', ({ previous }) => cancelInvitations(engine, previous), {
    object: MEMBER_OBJECT,
    priority: 100,
  });
}

/**
 * Makes the organization of the first administrator, once: when there is an organization already,
 * somebody may have been removed from it. Where there is a wall between organizations people make
 * their own.
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
