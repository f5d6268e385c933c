// @ts-nocheck
import { CHROMIUM, NO_CHROMIUM } from './browser.ts';

/** Vitest's global set-up: what it returns runs last, so the notice is the last thing on the screen. */
export default function notice(): () => void {
  return () => {
    if (CHROMIUM === undefined) process.stderr.write(NO_CHROMIUM);
  };
}
