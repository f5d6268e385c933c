import { createHash } from 'node:crypto';

/**
 * The inline scripts of a page as `script-src` names them, by their hash (CSP 3 section 6.7.2): these run,
 * and one that somebody injects does not.
 */
export function inlineScripts(html: string): string {
  return [...html.matchAll(/<script(?:\s+type="module")?>([\s\S]*?)<\/script>/g)]
    .map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
    .join(' ');
}

/** For a page of which nothing is known: it shows text and forms of its own, and runs nothing. */
export const STILL_PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
