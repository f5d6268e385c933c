// @ts-nocheck
import { createHash } from 'node:crypto';

/**
 * The hashes of the inline scripts of a page, for `script-src` (CSP 3 section 6.7.2). Only these scripts
 * run; an injected script does not.
 */
export function inlineScripts(html: string): string {
  return [...html.matchAll(/<script(?:\s+type="module")?>([\s\S]*?)<\/script>/g)]
    .map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
    .join(' ');
}

/** The policy for an unknown page: it may show text and its own forms, but run no scripts. */
export const STILL_PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
