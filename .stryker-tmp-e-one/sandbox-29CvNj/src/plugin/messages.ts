// @ts-nocheck
import type { KeyEvent, PolicyEvent } from '../observability/events.ts';

/** A message as the platform's messaging service takes it. */
export interface Message {
  readonly topic: string;
  readonly audience: string[];
  readonly payload: Readonly<Record<string, unknown>>;
  readonly severity: 'info' | 'warning';
  readonly source?: { readonly object: string; readonly id: string };
  readonly actorId?: string;
  readonly organizationId?: string;
}

const DONE: Partial<Record<KeyEvent['action'], string>> = {
  create: 'was created',
  rotate: 'replaced another one',
  revoke: 'was revoked',
  restore: 'was restored',
  narrow: 'was narrowed',
  update: 'was changed',
  delete: 'was deleted',
  expired: 'has expired',
  ownerLeft: 'ended, since you left its organization',
};

/** What the owner of a key is told. It has the prefix of the key and no word that anybody has written. */
export function messageOf(key: KeyEvent): Message {
  const { action, keyId, prefix, because, endsAt, daysLeft, organizationId, userId } = key;
  const done = because === 'disuse' ? 'was revoked, since nobody used it' : DONE[action];
  const title = action === 'expiring' ? aboutToEnd(key) : `The API key ${prefix}… ${done}`;
  return {
    topic: `api_keys.${action}`,
    audience: [key.ownerId ?? userId ?? ''],
    payload: {
      title,
      body: bodyOf(key),
      keyId,
      prefix,
      ...(because && { because }),
      ...(endsAt && { endsAt: endsAt.toISOString(), daysLeft }),
    },
    severity: action === 'expiring' || action === 'revoke' ? 'warning' : 'info',
    source: { object: 'sys_api_key', id: keyId },
    ...(userId !== undefined && { actorId: userId }),
    ...(organizationId !== undefined && { organizationId }),
  };
}

/** What those are told who run an organization. */
export function policyMessage({ userId, organizationId, changes }: PolicyEvent): Message {
  return {
    topic: 'api_keys.policy_changed',
    audience: ['role:owner', 'role:admin'],
    payload: {
      title: 'The rules for API keys have changed',
      body: Object.entries(changes)
        .map(([rule, value]) => `${rule}: ${value ?? 'no rule'}`)
        .join(', '),
      changes,
    },
    severity: 'info',
    actorId: userId,
    organizationId,
  };
}

function aboutToEnd({ prefix, because, endsAt }: KeyEvent): string {
  const day = endsAt?.toISOString().slice(0, 10);
  return because === 'disuse'
    ? `The API key ${prefix}… will be revoked on ${day} unless it is used`
    : `The API key ${prefix}… expires on ${day}`;
}

function bodyOf({ action, because }: KeyEvent): string {
  if (action === 'expiring' && because === 'expiry') return 'Rotate it before, if it is still needed.';
  if (action === 'expiring') return 'The policy of its organization ends keys that nobody uses.';
  return 'If you did not expect this, ask an administrator of your organization.';
}
