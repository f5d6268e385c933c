// @ts-nocheck
import type { Budget } from '../../base/deadline.ts';
import { unavailable } from '../../base/errors.ts';
import type { DataEngine, EngineContext, Transaction } from '../../platform/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { Administrators } from '../policy/policy-rules.ts';
import type { PolicyTable } from '../policy/policy-table.ts';
import type { AuditTrail } from '../record/audit-trail.ts';

/** The dependencies for writing keys. */
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
 * After its time limit, a request has been answered with 503, and nothing more may be written.
 *
 * @throws ServiceError `SERVICE_UNAVAILABLE`
 */
export function assertInTime({ deadline }: Pick<Budget, 'deadline'>): void {
  if (performance.now() >= deadline) throw unavailable();
}
