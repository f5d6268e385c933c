// @ts-nocheck
import { describe, expect, it } from 'vitest';
import type { ObjectDeclaration } from '../../../src/platform/protection/declaration.ts';
import { ObjectProtections } from '../../../src/platform/protection/object-protection.ts';
import { protectPublishedValues } from '../../../src/platform/protection/published-values.ts';

const OBJECTS: Readonly<Record<string, ObjectDeclaration>> = {
  vault: { name: 'vault', fields: { title: { type: 'text' }, pin: { type: 'text', internal: true } } },
  sys_invitation: { name: 'sys_invitation', isSystem: true, managedBy: 'better-auth', fields: {} },
};

/** What reaches browsers and webhooks of what the engine publishes. */
async function published(...events: object[]): Promise<object[]> {
  const sent: object[] = [];
  const realtime = { publish: async (event: object) => void sent.push(event) };
  const registry = { getObject: (name: string) => OBJECTS[name], getObjectContributors: () => [] };
  protectPublishedValues(realtime, new ObjectProtections(registry), registry);
  for (const event of events) await realtime.publish(event);
  return sent;
}

const record = { id: 'v', title: 'Vault', pin: '1234' };

describe('what is published of a write', () => {
  it.each(['changes', 'after', 'before'])('loses protected values (%s)', async (part) => {
    const event = { type: 'data.record.updated', object: 'vault', payload: { recordId: 'v', [part]: record } };
    expect(await published(event)).toEqual([
      { ...event, payload: { recordId: 'v', [part]: { id: 'v', title: 'Vault' } } },
    ]);
  });

  it('is nothing for a table of credentials', async () => {
    expect(await published({ object: 'sys_invitation', payload: { recordId: 'an id that signs up' } })).toEqual([]);
  });

  it('stays as it is where it names no record', async () => {
    const events = [{ object: 'vault', payload: { matched: 3 } }, { type: 'presence' }];
    expect(await published(...events)).toEqual(events);
  });
});
