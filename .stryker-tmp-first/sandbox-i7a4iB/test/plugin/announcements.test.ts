// @ts-nocheck
import type { PluginContext } from '@objectstack/core';
import { expect, it, vi } from 'vitest';
import { Announcements } from '../../src/plugin/announcements.ts';

const origin = { id: undefined, address: undefined, endpoint: 'system' };
const key = (keyId: string) => ({
  action: 'revoke' as const,
  userId: 'usr_admin',
  ownerId: 'usr_left',
  organizationId: 'org_a',
  keyId,
  prefix: 'osk_x',
  previousKeyId: undefined,
  milliseconds: 0,
});

it('requests get their turn between the messages about many keys', async () => {
  const ran: string[] = [];
  const messaging = {
    getRegisteredChannels: () => ['inbox'],
    // As with SQLite, whose statements are over when they return.
    async emit({ source }: { source: { id: string } }) {
      ran.push(source.id);
    },
  };
  const context = {
    getServices: () => new Map([['messaging', messaging]]),
    trigger: vi.fn(async () => undefined),
    logger: { warn: vi.fn() },
  };
  const announcements = new Announcements(context as unknown as PluginContext, 'others');
  announcements.open();
  for (const id of ['one', 'two', 'three']) announcements.changed(origin, key(id));
  setImmediate(() => ran.push('a request'));
  await announcements.close();
  expect(ran).toEqual(['one', 'a request', 'two', 'three']);
  expect(context.logger.warn).not.toHaveBeenCalled();
});
