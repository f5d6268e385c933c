// @ts-nocheck
import { KeyUsage } from '../../src/keys/access/key-usage.ts';
import { AccessPreview } from '../../src/keys/access/preview.ts';
import type { SqlDriver } from '../../src/platform/engine.ts';
import type { Platform } from '../../src/platform/platform.ts';

/** For the tests that are not about what keys could do. */
export function noPreview(platform: Platform): AccessPreview {
  return new AccessPreview(platform, { security: undefined, objectNames: () => [], isClosedToKeys: () => true });
}

/** For the tests that are not about what keys are used for. */
export function noUsage(platform: Platform): KeyUsage {
  return new KeyUsage(platform, {} as SqlDriver, { security: undefined, sharing: undefined });
}
