// @ts-nocheck
import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { SetUp } from './set-up.ts';

export const SET_UP_PATH = '/set-up';

const body = z.object({
  token: z.string().min(1).max(100),
  email: z.email().max(255),
  password: z.string().min(12, 'must have at least 12 characters').max(128),
  name: z.string().trim().min(1).max(255).default('Administrator'),
});

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}label{display:block;margin:1rem 0}input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.4rem}button{font:inherit;padding:.4rem 1rem}';
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
const FORM = `<form method="post">
<p>The server printed a token when it started.</p>
<label>Set-up token <input name="token" required autocomplete="off"></label>
<label>Your e-mail address <input name="email" type="email" required autocomplete="username"></label>
<label>A password of at least 12 characters <input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"></label>
<button>Create the administrator</button>
</form>`;

/**
 * A page and an endpoint that create the first administrator with the set-up token. They disappear once
 * there is an account.
 */
export function mountSetUp(app: Hono, setUp: () => SetUp): void {
  app.get(SET_UP_PATH, async (context) => ((await setUp().isOpen()) ? page(200, FORM) : context.notFound()));
  app.post(SET_UP_PATH, async (context) => {
    const isForm = context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
    const answer = (status: number, code: string, message: string): Response =>
      isForm
        ? page(status, `<p>${message}</p>${status < 400 ? '<p><a href="/">Sign in</a></p>' : FORM}`)
        : Response.json({ code, message }, { status, headers: { 'Cache-Control': 'no-store' } });
    if (!(await setUp().isOpen())) return context.notFound();
    const given = body.safeParse(await read(context, isForm));
    if (!given.success) {
      const fields = [...new Set(given.error.issues.map(({ path }) => path.join('.') || 'body'))];
      return answer(400, 'VALIDATION_FAILED', `Please correct: ${fields.join(', ')}.`);
    }
    const { token, ...administrator } = given.data;
    try {
      if (await setUp().complete(token, administrator)) {
        return answer(201, 'CREATED', 'The administrator was created.');
      }
    } catch (error) {
      // The database does not answer, or sign-up refused the address; which of the two is in the log.
      console.error('The first administrator could not be created.', error instanceof Error ? error.name : '');
      return answer(503, 'SERVICE_UNAVAILABLE', 'The administrator could not be created. Try again.');
    }
    return answer(403, 'FORBIDDEN', 'The token is wrong or has expired. Restart the server to get a new one.');
  });
}

async function read(context: Context, isForm: boolean): Promise<unknown> {
  try {
    return isForm ? await context.req.parseBody() : await context.req.json();
  } catch {
    return undefined;
  }
}

function page(status: number, content: string): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Set up</title><style>${STYLE}</style></head><body><h1>The first administrator</h1>${content}</body></html>`;
  return new Response(html, { status, headers: HEADERS });
}
