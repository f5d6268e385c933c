import type { PluginContext } from '@objectstack/core';
import { keepToOrganization, type LookUpEngine, shortenOwnerLookUps } from '../keys/access/owner-organization.ts';
import { isPreviewing } from '../keys/access/preview.ts';
import { Admission } from '../keys/admission/admission.ts';
import { countUses } from '../keys/admission/count-uses.ts';
import { requestCarriesKey } from '../keys/admission/current-key.ts';
import { governKeys } from '../keys/admission/govern.ts';
import { KeyUses } from '../keys/admission/key-uses.ts';
import { LastUsed } from '../keys/admission/last-used.ts';
import { KeyChanges } from '../keys/changes/key-changes.ts';
import { RestoreRules } from '../keys/changes/restore-rules.ts';
import { ShownKeys } from '../keys/organization/shown-keys.ts';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';
import type { Events } from '../observability/events.ts';
import { className } from '../observability/log-events.ts';
import { answerAbsentSettings } from '../platform/absent-settings.ts';
import type { DataEngine, HookEngine, SqlDriver } from '../platform/engine.ts';
import type { MiddlewareEngine } from '../platform/middleware.ts';
import { Platform } from '../platform/platform.ts';
import { RequestMemo } from '../platform/request-memo.ts';
import { serviceLookup } from '../platform/service-lookup.ts';
import { SharedReads, type SharedReadsEngine } from '../platform/shared-reads.ts';
import { sqlDriverOf } from '../platform/sql.ts';
import type { ApiKeysSettings } from './options.ts';

/**
 * Controls keys wherever they are used. It is installed before any other plugin uses the engine, because
 * MCP over stdio verifies its key while the kernel starts.
 */
export class Governance {
  readonly platform: Platform;
  readonly lastUsed: LastUsed;
  readonly uses: KeyUses;
  readonly admission: Admission;
  readonly restoreRules = new RestoreRules();
  /** @throws Error if the platform verifies keys without it. */
  readonly prove: () => Promise<void>;
  /** To be called when every plugin has added its rules for rows. */
  readonly showKeys: () => void;

  constructor(
    context: PluginContext,
    { basePath, databaseTimeoutMs }: Pick<ApiKeysSettings, 'basePath' | 'databaseTimeoutMs'>,
    events: Pick<Events, 'changed'>,
  ) {
    const engine = context.getService<DataEngine & HookEngine & SharedReadsEngine & MiddlewareEngine>('objectql');
    const sharesReads = (): boolean => requestCarriesKey() || isPreviewing();
    const memo = new RequestMemo(sharesReads);
    this.platform = new Platform(engine, serviceLookup(context), databaseTimeoutMs, memo);
    const driver = (): SqlDriver => sqlDriver(engine);
    const reportTo = (message: string) => (error: unknown) => context.logger.warn(message, { cause: className(error) });
    this.lastUsed = new LastUsed(engine, driver, reportTo('ApiKeysPlugin could not record when keys were last used'));
    this.uses = new KeyUses(engine, driver, reportTo('ApiKeysPlugin could not record what keys are used for'));
    this.admission = new Admission(this.platform, basePath, this.lastUsed);
    answerAbsentSettings(engine);
    countUses(engine, this.uses);
    this.prove = governKeys(engine, this.admission);
    const shown = new ShownKeys(engine);
    this.showKeys = () => shown.open(engine);
    new KeyChanges(engine, basePath, this.restoreRules, events);
    engine.registerMiddleware(keepToOrganization);
    const shared = new SharedReads(engine, this.platform.reader, memo, { applies: sharesReads, repeats: isPreviewing });
    engine.registerMiddleware(shared.around);
    shortenOwnerLookUps(context.getService<LookUpEngine>('objectql'), shared);
  }
}

/**
 * Limits, repeats and rotations need a transaction that locks rows, which the engine cannot express. So
 * the keys must be in SQLite or PostgreSQL.
 */
export function sqlDriver(engine: DataEngine): SqlDriver {
  const driver = sqlDriverOf(engine, API_KEY_OBJECT);
  if (driver === undefined) {
    throw new Error('ApiKeysPlugin: sys_api_key must be in an SQLite or PostgreSQL datasource.');
  }
  return driver;
}
