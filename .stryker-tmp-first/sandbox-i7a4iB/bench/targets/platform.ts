// @ts-nocheck
import { startPlatform } from './platform-kernel.ts';

/** The platform as it is. */
await startPlatform();
