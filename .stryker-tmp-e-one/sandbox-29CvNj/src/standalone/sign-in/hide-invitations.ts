// @ts-nocheck
import type { Hono } from 'hono';
import type { DataEngine } from '../../platform/engine.ts';

const SYSTEM = { isSystem: true };

/** Who asks, as better-auth finds them. */
export interface Reader {
  readonly id: string;
  readonly email: string;
}

interface Invitation {
  readonly email: string;
  readonly organizationId: string;
  readonly role: unknown;
}

/**
 * Keeps invitations from members who could not make them. better-auth lists them to every member, and
 * whoever has the id of one signs up as the person who is invited: a member would become the invited
 * administrator, and an administrator the invited owner.
 */
export function hideInvitations(
  app: Hono,
  findReader: (headers: Headers) => Promise<Reader | undefined>,
  engine: () => Promise<DataEngine>,
): void {
  app.use('/api/v1/auth/organization/*', async (context, next) => {
    await next();
    const { res } = context;
    if (!res.ok || !res.headers.get('content-type')?.startsWith('application/json')) return;
    const body: unknown = await res.clone().json();
    if (invitationsIn(body).length === 0) return;
    const reader = await findReader(context.req.raw.headers);
    const roles = reader === undefined ? new Map<unknown, string>() : await rolesOf(await engine(), reader);
    const shown = without(body, (invitation) => maySee(invitation, reader, roles.get(invitation.organizationId)));
    const headers = new Headers(res.headers);
    headers.delete('content-length');
    // Hono adds the headers of an answer that is replaced.
    context.res = undefined;
    context.res = new Response(JSON.stringify(shown), { status: res.status, headers });
  });
}

function maySee({ email, role }: Invitation, reader: Reader | undefined, own: string | undefined): boolean {
  if (reader === undefined) return false;
  if (email.toLowerCase() === reader.email.toLowerCase()) return true;
  const held = rolesIn(own);
  return held.includes('owner') || (held.includes('admin') && !rolesIn(role).includes('owner'));
}

/** A member may have several roles, separated by commas. */
function rolesIn(role: unknown): string[] {
  return String(role ?? '')
    .split(',')
    .map((name) => name.trim());
}

async function rolesOf(engine: DataEngine, { id }: Reader): Promise<Map<unknown, string>> {
  const rows = await engine.find('sys_member', { where: { user_id: id }, context: SYSTEM });
  return new Map(rows.map((row) => [row['organization_id'], String(row['role'])]));
}

function isInvitation(value: unknown): value is Invitation {
  return typeof value === 'object' && value !== null && 'inviterId' in value && 'email' in value;
}

function invitationsIn(value: unknown): Invitation[] {
  if (isInvitation(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(invitationsIn) : [];
}

function without(value: unknown, keep: (invitation: Invitation) => boolean): unknown {
  const isHidden = (part: unknown): boolean => isInvitation(part) && !keep(part);
  if (Array.isArray(value)) return value.filter((part) => !isHidden(part)).map((part) => without(part, keep));
  if (typeof value !== 'object' || value === null) return value;
  if (isHidden(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, without(part, keep)]));
}
