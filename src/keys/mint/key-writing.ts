import type { Budget } from '../../base/deadline.ts';
import { unavailable } from '../../base/errors.ts';
import type { DataEngine, EngineContext, Transaction } from '../../platform/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { Administrators } from '../policy/policy-rules.ts';
import type { PolicyTable } from '../policy/policy-table.ts';
import type { AuditTrail } from '../record/audit-trail.ts';

/** What keys are written with. */
export interface KeyWriting {
  readonly engine: DataEngine;
  readonly ledger: Ledger;
  readonly limits: KeyLimits;
  readonly policies: PolicyTable;
  readonly administrators: Administrators;
  readonly auditTrail: AuditTrail;
}

/** The same, inside one transaction. */
export interface KeyTransaction extends KeyWriting {
  readonly context: EngineContext & { transaction: Transaction };
}

/**
 * Past its deadline a request has been answered with 503: nothing may be written after that.
 *
 * @throws ServiceError `SERVICE_UNAVAILABLE`
 */
export function assertInTime({ deadline }: Pick<Budget, 'deadline'>): void {
  if (performance.now() >= deadline) throw unavailable();
}
