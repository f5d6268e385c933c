// @ts-nocheck
import type { PluginContext } from '@objectstack/core';
import { ApiKeys } from '../auth/api-key.ts';
import { Authenticator } from '../auth/authenticator.ts';
import { type AuthService, Sessions } from '../auth/session.ts';
import { createGraphQLHandler } from '../graphql/endpoint.ts';
import { ErrorPresenter } from '../graphql/errors.ts';
import type { Handler } from '../http/endpoint.ts';
import type { TrustedOrigins } from '../http/origins.ts';
import { KeyUsage } from '../keys/access/key-usage.ts';
import { AccessPreview } from '../keys/access/preview.ts';
import { ScopeComparison } from '../keys/access/scope-comparison.ts';
import type { ExplainingSecurity } from '../keys/access/sufficiency.ts';
import { nameKeysInAudit } from '../keys/admission/audited-key.ts';
import { isClosedToKeys } from '../keys/admission/closed-to-keys.ts';
import { parseDuration } from '../keys/input/duration.ts';
import { Leases } from '../keys/ledger/lease.ts';
import { IDEMPOTENCY_RETENTION, Ledger } from '../keys/ledger/ledger.ts';
import { toKeyLimits } from '../keys/limits/limit-settings.ts';
import { Eligibility } from '../keys/mint/eligibility.ts';
import { mintTransaction } from '../keys/mint/mint-transaction.ts';
import { MintWriter } from '../keys/mint/mint-writer.ts';
import { Minter } from '../keys/mint/minter.ts';
import { Revoker } from '../keys/mint/revoker.ts';
import { Administration } from '../keys/organization/administration.ts';
import { OrganizationKeys } from '../keys/organization/organization-keys.ts';
import { PolicyTable } from '../keys/policy/policy-table.ts';
import { ensureListIndexes } from '../keys/read/list-index.ts';
import { AuditTrail } from '../keys/record/audit-trail.ts';
import { Standing } from '../keys/record/standing.ts';
import { KeyService } from '../keys/service.ts';
import { Updater } from '../keys/update/updater.ts';
import { ensureUpkeepIndexes, LedgerCleaner } from '../keys/upkeep/clean-ledger.ts';
import { KeyInventory } from '../keys/upkeep/inventory.ts';
import { UnusedKeys } from '../keys/upkeep/revoke-unused.ts';
import { Upkeep } from '../keys/upkeep/upkeep.ts';
import { KeyWatch } from '../keys/upkeep/watch-keys.ts';
import type { Events } from '../observability/events.ts';
import { className } from '../observability/log-events.ts';
import type { DataEngine, HookEngine } from '../platform/engine.ts';
import type { MiddlewareEngine } from '../platform/middleware.ts';
import { optionalService, serviceLookup } from '../platform/service-lookup.ts';
import { type MetadataProtocol, shareMetadata } from '../platform/shared-metadata.ts';
import type { SharedReadsEngine } from '../platform/shared-reads.ts';
import { createRestHandler } from '../rest/endpoint.ts';
import { schema } from '../schema/index.ts';
import { type Governance, sqlDriver } from './governance.ts';
import type { ApiKeysSettings } from './options.ts';

const HOUR = 3_600_000;
/** The service name with which other plugins, and tests, run the scheduled jobs immediately. */
const UPKEEP_SERVICE = 'api-keys-upkeep';
/** Under this name the server finds out how many keys there are, for its metrics. */
export const INVENTORY_SERVICE = 'api-keys-inventory';

/** Where the engine keeps the definitions of objects. */
interface ObjectRegistry {
  readonly registry: { getAllObjects(): readonly { readonly name: string }[] };
}

/** The parts of the service, put together over the services of a kernel that is ready. */
export interface Assembly {
  readonly handlers: { readonly graphql: Handler; readonly rest: Handler };
  /** Finishes running work and writes pending data. */
  close(): Promise<void>;
}

/** Builds the service. This is the only place that looks up services of the kernel. */
export async function assemble(
  context: PluginContext,
  settings: ApiKeysSettings,
  origins: TrustedOrigins,
  { platform, admission, lastUsed, uses, restoreRules }: Governance,
  events: Pick<Events, 'changed' | 'policyChanged'>,
): Promise<Assembly> {
  const { basePath, limits, introspection, graphiql } = settings;
  const lookup = serviceLookup(context);
  const engine = await lookup<DataEngine & HookEngine & MiddlewareEngine & SharedReadsEngine & ObjectRegistry>(
    'objectql',
  );
  const auth = await lookup<AuthService>('auth');
  const security = await optionalService<ExplainingSecurity>(lookup, 'security');
  const sharing = await optionalService<object>(lookup, 'sharing');
  const protocol = await optionalService<MetadataProtocol>(lookup, 'protocol');
  if (protocol !== undefined) shareMetadata(protocol, engine);
  const driver = sqlDriver(engine);
  await ensureListIndexes(driver);
  await ensureUpkeepIndexes(driver);

  const idempotencyRetention = parseDuration(settings.idempotencyRetention) ?? IDEMPOTENCY_RETENTION;
  const ledger = new Ledger(driver, idempotencyRetention);
  const auditTrail = new AuditTrail(engine);
  nameKeysInAudit(engine);
  const keyLimits = toKeyLimits(settings);
  const administration = new Administration(platform);
  const policies = new PolicyTable(driver);
  const writing = { engine, ledger, limits: keyLimits, policies, administrators: administration, auditTrail };
  const writer = new MintWriter(mintTransaction(writing));
  const eligibility = new Eligibility(platform);
  const standing = new Standing(platform);
  const keys = new KeyService({
    platform,
    limits: keyLimits,
    eligibility,
    minter: new Minter(platform, writer, administration),
    revoker: new Revoker(platform, writing),
    updater: new Updater(platform, writing, new ScopeComparison(platform, security)),
    preview: new AccessPreview(platform, {
      security,
      objectNames: () => engine.registry.getAllObjects().map(({ name }) => name),
      isClosedToKeys: (object, operation) => isClosedToKeys({ object, operation }, engine),
    }),
    usage: new KeyUsage(platform, driver, { security, sharing }),
    organization: new OrganizationKeys(platform, administration, standing, writing, events),
    standing,
    events,
  });

  const cleaner = new LedgerCleaner(driver, { limits: keyLimits, idempotencyRetention });
  const watch = new KeyWatch({
    engine,
    driver,
    standing,
    detailOf: (key) => keys.detailOf(key),
    events,
    reminds: settings.keyReminders === 'on',
  });
  const unused = new UnusedKeys(writing, driver, watch, events);
  const upkeep = new Upkeep(
    new Leases(() => driver),
    [
      { name: 'ledger', every: HOUR, run: (now) => cleaner.run(now) },
      { name: 'watch', every: HOUR, run: (now) => watch.run(now) },
      { name: 'unused', every: HOUR, run: (now) => unused.run(now) },
    ],
    (chore, error) => context.logger.warn('ApiKeysPlugin could not do its upkeep', { chore, cause: className(error) }),
  );
  context.registerService(UPKEEP_SERVICE, upkeep);
  context.registerService(INVENTORY_SERVICE, new KeyInventory(driver));
  upkeep.start();

  origins.add((await auth.getAuthContext()).baseURL);
  const authenticator = new Authenticator(new Sessions(auth, platform), new ApiKeys(platform, admission), origins);
  restoreRules.open({ writing, eligibility, authenticator });
  const presenter = new ErrorPresenter(introspection);
  const path = `${basePath}/graphql`;
  return {
    handlers: {
      graphql: createGraphQLHandler({
        schema,
        path,
        keys,
        platform,
        authenticator,
        presenter,
        limits,
        graphiql,
        introspection,
      }),
      rest: createRestHandler({ basePath, keys, authenticator, limits }),
    },
    async close() {
      await upkeep.close();
      await writer.idle();
      await Promise.all([lastUsed.close(), uses.close()]);
    },
  };
}
