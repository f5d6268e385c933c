// @ts-nocheck
import { type SessionPrincipal, sessionPrincipal } from '../../src/auth/principal.ts';
import { Eligibility } from '../../src/keys/mint/eligibility.ts';
import type { MintWriter } from '../../src/keys/mint/mint-writer.ts';
import { Minter } from '../../src/keys/mint/minter.ts';
import { Revoker } from '../../src/keys/mint/revoker.ts';
import { Administration } from '../../src/keys/organization/administration.ts';
import { OrganizationKeys } from '../../src/keys/organization/organization-keys.ts';
import { Standing } from '../../src/keys/record/standing.ts';
import { KeyService } from '../../src/keys/service.ts';
import { Updater } from '../../src/keys/update/updater.ts';
import type { DataEngine } from '../../src/platform/engine.ts';
import type { Platform } from '../../src/platform/platform.ts';
import type { SessionContext } from '../../src/resolvers/context.ts';
import { callerOf, NO_KEY_LIMITS } from './minting.ts';
import { noPreview, noUsage } from './no-usage.ts';

interface AskerOptions {
  readonly platform?: Partial<Omit<Platform, 'engine'>> & { readonly engine?: Partial<DataEngine> };
  readonly writer?: Partial<MintWriter>;
}

/** What a resolver gets: a person, a request, and a service over what is given; the rest is not there to be used. */
export function asker({ platform: given = {}, writer = {} }: AskerOptions = {}) {
  const principal: SessionPrincipal = sessionPrincipal(
    { userId: 'usr_1', email: 'a@example.test', organizationId: 'org_1' },
    false,
  );
  const platform = given as unknown as Platform;
  const keys = new KeyService({
    platform,
    limits: NO_KEY_LIMITS,
    eligibility: new Eligibility(platform),
    minter: new Minter(platform, writer as MintWriter, new Administration(platform)),
    revoker: new Revoker(platform, {} as ConstructorParameters<typeof Revoker>[1]),
    updater: new Updater(platform, {} as ConstructorParameters<typeof Updater>[1], { keepsLimits: async () => true }),
    organization: new OrganizationKeys(
      platform,
      new Administration(platform),
      new Standing(platform),
      {} as ConstructorParameters<typeof OrganizationKeys>[3],
      {},
    ),
    preview: noPreview(platform),
    usage: noUsage(platform),
    standing: new Standing(platform),
    events: { changed: () => undefined },
  });
  const context: SessionContext = { ...callerOf(principal), keys, platform };
  return { context, principal, keys };
}
