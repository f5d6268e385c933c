// @ts-nocheck
import { connectWith } from './apollo.ts';
import type { Connect } from './client.ts';

/** As somebody would who has not read docs/objectui.md. */
export const connect: Connect = (uri, token) => connectWith(uri, token, 'network-only');
