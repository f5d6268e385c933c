// @ts-nocheck
import { ApiKeysPlugin } from '../../src/plugin/plugin.ts';
import { startPlatform } from './platform-kernel.ts';

/** The platform's kernel with this plugin in it, and nothing else changed. */
await startPlatform(new ApiKeysPlugin());
