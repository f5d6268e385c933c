import type { DataEngine, EngineContext, Transaction } from '../../platform/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { AuditTrail } from '../record/audit-trail.ts';

/** What keys are written with. */
export interface KeyWriting {
  readonly engine: DataEngine;
  readonly ledger: Ledger;
  readonly limits: KeyLimits;
  readonly auditTrail: AuditTrail;
}

/** The same, inside one transaction. */
export interface KeyTransaction extends KeyWriting {
  readonly context: EngineContext & { transaction: Transaction };
}
