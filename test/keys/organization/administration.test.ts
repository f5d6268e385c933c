import { describe, expect, it } from 'vitest';
import { apiKeyPrincipal } from '../../../src/auth/principal.ts';
import { Administration, assertActsInPerson } from '../../../src/keys/organization/administration.ts';
import type { Row } from '../../../src/platform/engine.ts';
import { person } from '../../support/minting.ts';

const PAST = '2020-01-01T00:00:00Z';

/** What `ada` may, with these memberships in `org` and these capabilities there. */
function administration(memberships: Row[], capabilities: string[] = []): Administration {
  return new Administration({
    memberships: async (userId, organizationId) => (userId === 'ada' && organizationId === 'org' ? memberships : []),
    capabilitiesOf: async (userId, organizationId) =>
      userId === 'ada' && organizationId === 'org' ? capabilities : [],
  });
}

const ada = person('ada', 'org');
const PLATFORM = ['manage_platform_settings'];
const FORBIDDEN = {
  code: 'FORBIDDEN',
  message: 'Only owners and administrators of the active organization may do this. Ask one of them.',
};

describe('who administers an organization', () => {
  it.each([
    ['an owner', [{ role: 'owner' }], [], true],
    ['an administrator', [{ role: 'admin' }], [], true],
    ['somebody with several roles', [{ role: 'member, admin' }], [], true],
    ['somebody with several memberships', [{ role: 'member' }, { role: 'owner' }], [], true],
    ['somebody who manages the platform', [], PLATFORM, true],
    ['a member', [{ role: 'member' }], [], false],
    ['a role that only contains the word', [{ role: 'administrative' }], [], false],
    ['a membership without a role', [{}], [], false],
    ['nobody of it', [], [], false],
    ['another capability', [], ['manage_users'], false],
    ['an owner whose membership has ended', [{ role: 'owner', valid_until: PAST }], [], false],
  ])('%s', async (_who, memberships, capabilities, expected) => {
    const administers = administration(memberships, capabilities);
    expect(await administers.administers(ada, 'org')).toBe(expected);
    await (expected
      ? expect(administers.organizationOf(ada)).resolves.toBe('org')
      : expect(administers.organizationOf(ada)).rejects.toMatchObject(FORBIDDEN));
  });

  it('is asked about the active organization, and about no other', async () => {
    const owner = administration([{ role: 'owner' }], PLATFORM);
    await expect(owner.organizationOf(person('ada'))).rejects.toMatchObject(FORBIDDEN);
    await expect(owner.organizationOf(person('ada', 'another'))).rejects.toMatchObject(FORBIDDEN);
    await expect(owner.organizationOf(person('bob', 'org'))).rejects.toMatchObject(FORBIDDEN);
  });

  it('an API key administers nothing, whoever owns it', async () => {
    const key = apiKeyPrincipal({ userId: 'ada', email: 'ada@example.test', organizationId: 'org' }, 'k');
    await expect(administration([{ role: 'owner' }], PLATFORM).organizationOf(key)).rejects.toMatchObject(FORBIDDEN);
  });
});

describe('who may know an organization', () => {
  it.each([
    ['a member', [{ role: 'member' }], [], true],
    ['somebody who manages the platform', [], PLATFORM, true],
    ['somebody who was a member', [{ role: 'owner', valid_until: PAST }], [], false],
    ['a stranger', [], ['manage_users'], false],
  ])('%s', async (_who, memberships, capabilities, expected) => {
    expect(await administration(memberships, capabilities).knows(ada, 'org')).toBe(expected);
  });
});

it('an impersonated session does not change what is not its own', () => {
  expect(() => assertActsInPerson(ada)).not.toThrow();
  expect(() => assertActsInPerson(person('ada', 'org', true))).toThrow(
    expect.objectContaining({ code: 'FORBIDDEN', message: expect.stringContaining('Stop impersonating first.') }),
  );
});
