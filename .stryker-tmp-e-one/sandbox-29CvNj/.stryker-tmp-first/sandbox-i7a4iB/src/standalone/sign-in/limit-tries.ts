// @ts-nocheck
// 
import type { Context, Hono, Next } from 'hono';
import { z } from 'zod';
import { currentRequest } from '../../http/request-scope.ts';
import type { Tries } from './tries.ts';

/** The path of better-auth. */
const SIGN_IN = '/api/v1/auth/*';
export const PASSWORD_SIGN_IN = '/api/v1/auth/sign-in/email';

const credentials = z.looseObject({ email: z.string().max(320), password: z.string() });

/**
 * Counts wrong passwords before better-auth checks them. The body is parsed once and serialized again, so
 * that better-auth gets exactly the address that was counted.
 */
export function limitTries(app: Hono, tries: () => Tries): void {
  app.use(SIGN_IN, tellWhen);
  app.post(PASSWORD_SIGN_IN, async (context, next) => {
    if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) {
      return refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request body as application/json.');
    }
    const given = credentials.safeParse(parse(await context.req.text()));
    if (!given.success) return refusal(400, 'VALIDATION_FAILED', 'Enter an e-mail address and a password.');
    try {
      const counted = await tries().begin(given.data.email, currentRequest()?.address);
      if (!counted.allowed) {
        return refusal(429, 'TOO_MANY_REQUESTS', 'Too many wrong passwords. Try again later.', counted.retryAfter);
      }
      context.req.raw = rewritten(context, given.data);
      await next();
      if (context.res.ok) await counted.right();
    } catch (error) {
      // Without a count, nobody may sign in.
      console.error('Failed sign-ins could not be counted.', error instanceof Error ? error.name : '');
      return refusal(503, 'SERVICE_UNAVAILABLE', 'The server cannot sign you in right now. Try again shortly.', 1);
    }
    return undefined;
  });
}

/** better-auth uses its own header instead of `Retry-After`. */
async function tellWhen(context: Context, next: Next): Promise<void> {
  await next();
  const { status, headers } = context.res;
  const after = headers.get('x-retry-after');
  if (status === 429 && after !== null && !headers.has('retry-after')) context.header('Retry-After', after);
}

function rewritten(context: Context, body: object): Request {
  const { url, headers: given, signal } = context.req.raw;
  const headers = new Headers(given);
  headers.delete('content-length');
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(status: number, code: string, message: string, retryAfter?: number): Response {
  const wait = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  return Response.json({ code, message }, { status, headers: { 'Cache-Control': 'no-store', ...wait } });
}
