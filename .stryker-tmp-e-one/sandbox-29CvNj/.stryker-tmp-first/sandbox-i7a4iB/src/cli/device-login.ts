// @ts-nocheck
// 
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { refusedSignIn } from './client.ts';
import { CliError, EXIT, Unanswered } from './exit.ts';
import { progress } from './terminal.ts';
import { notThisService, type Reply, send, tooMany, unavailable } from './transport.ts';

const CLIENT_ID = 'objectstack-api-keys';
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** RFC 8628, section 3.2. */
const authorization = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.url({ protocol: /^https?$/ }),
  verification_uri_complete: z.url({ protocol: /^https?$/ }).optional(),
  expires_in: z.number().positive(),
  interval: z.number().min(1).max(60).default(5),
});
/** RFC 8628, section 3.5. */
const granted = z.object({ access_token: z.string().regex(/^[\w.~+/=%-]{1,1024}$/) });
const notGranted = z.object({ error: z.string() });
const refused = z.object({ code: z.string(), message: z.string() });

/**
 * Signs in through the browser with the device authorization grant (RFC 8628): single sign-on and second
 * factors work there as they always do, and no password is typed here.
 *
 * @returns the token of the new session.
 */
export async function signInWithBrowser(origin: string): Promise<string> {
  const started = await start(origin);
  const url = started.verification_uri_complete ?? started.verification_uri;
  progress(`Open ${url}`);
  progress(`and confirm the code ${started.user_code}. Waiting for you to allow it there …`);
  const deadline = Date.now() + started.expires_in * 1000;
  let interval = started.interval;
  while (Date.now() < deadline) {
    await setTimeout(interval * 1000);
    const outcome = await poll(origin, started.device_code);
    if (outcome.token !== undefined) return outcome.token;
    // RFC 8628, section 3.5: five seconds more after `slow_down`, and longer after each lost answer.
    if (outcome.slower) interval += 5;
  }
  throw expired();
}

async function start(origin: string): Promise<z.infer<typeof authorization>> {
  const reply = await send(origin, { path: '/api/v1/auth/device/code', body: { client_id: CLIENT_ID } });
  const started = authorization.safeParse(reply.body);
  if (reply.status === 200 && started.success) return started.data;
  if (reply.status === 429) throw tooMany(origin, 'attempts to sign in', reply.retryAfter);
  if (reply.status >= 500) throw unavailable(origin, reply);
  if (reply.status === 404 && reply.body !== undefined) {
    throw new CliError(
      EXIT.notSignedIn,
      `${origin} does not support signing in through the browser. Use your password: login --with-password`,
      'NO_DEVICE_SIGN_IN',
    );
  }
  throw failureOf(origin, reply);
}

async function poll(origin: string, deviceCode: string): Promise<{ token?: string; slower: boolean }> {
  let reply: Reply;
  try {
    reply = await send(origin, {
      path: '/api/v1/auth/device/token',
      body: { grant_type: GRANT, device_code: deviceCode, client_id: CLIENT_ID },
    });
  } catch (error) {
    if (error instanceof Unanswered) return { slower: true };
    throw error;
  }
  const token = granted.safeParse(reply.body);
  if (reply.status === 200 && token.success) return { token: token.data.access_token, slower: false };
  if (reply.status === 429 || reply.status >= 500) return { slower: true };
  switch (notGranted.safeParse(reply.body).data?.error) {
    case 'authorization_pending':
      return { slower: false };
    case 'slow_down':
      return { slower: true };
    case 'access_denied':
      throw new CliError(EXIT.notSignedIn, 'The sign-in was refused in the browser.', 'ACCESS_DENIED');
    case 'expired_token':
      throw expired();
    default:
      throw failureOf(origin, reply);
  }
}

function failureOf(origin: string, { body }: Reply): CliError {
  const refusal = refused.safeParse(body);
  return refusal.success ? refusedSignIn(origin, refusal.data) : notThisService(origin);
}

function expired(): CliError {
  return new CliError(EXIT.notSignedIn, 'Nobody confirmed the code in time. Run login again.', 'CODE_EXPIRED');
}
