// @ts-nocheck
// 
import type { Events } from '../observability/events.ts';
import type { Platform } from '../platform/platform.ts';
import type { KeyUsage } from './access/key-usage.ts';
import type { AccessPreview } from './access/preview.ts';
import type { KeyLimits } from './limits/limits.ts';
import type { Eligibility } from './mint/eligibility.ts';
import type { Minter } from './mint/minter.ts';
import type { Revoker } from './mint/revoker.ts';
import type { OrganizationKeys } from './organization/organization-keys.ts';
import type { Standing } from './record/standing.ts';
import type { Updater } from './update/updater.ts';

/** What the service is made of. */
export interface KeyServiceParts {
  readonly platform: Platform;
  readonly limits: KeyLimits;
  readonly eligibility: Eligibility;
  readonly minter: Minter;
  readonly revoker: Revoker;
  readonly updater: Updater;
  readonly organization: OrganizationKeys;
  readonly preview: AccessPreview;
  readonly usage: KeyUsage;
  readonly standing: Standing;
  /** Is told of each change that was written. */
  readonly events: Pick<Events, 'changed'>;
}