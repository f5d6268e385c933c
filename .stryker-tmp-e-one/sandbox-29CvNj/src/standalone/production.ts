// @ts-nocheck
const ADVICE = 'openssl rand -base64 32';

/** Words of a value that somebody wrote in place of a secret. Shorter ones occur in random text by chance. */
const PLACEHOLDER =
  /change.?(?:me|this|it)|password|secret|example|default|placeholder|development|insecure|replace|123456|abcdef|qwerty/i;

/** Fewer bits than this are not the output of a generator: 32 random hexadecimal digits come to about 115. */
const LEAST_BITS = 80;

/**
 * What is wrong with values that a server in production must not start with: each lets somebody else sign in.
 *
 * @param authSecret signs session cookies: whoever guesses it forges them.
 * @param baseUrl where people reach the server: over plain HTTP, anybody on the way reads their password.
 */
export function unfitForProduction(authSecret: string | undefined, baseUrl: string | undefined): string[] {
  const problems: string[] = [];
  if (authSecret === undefined) problems.push(`AUTH_SECRET is required in production: ${ADVICE}`);
  // A shorter one is refused by its length.
  else if (authSecret.length >= 32 && isGuessable(authSecret))
    problems.push(`AUTH_SECRET is too easy to guess; use a random one: ${ADVICE}`);
  if (baseUrl !== undefined && isReadable(baseUrl)) {
    problems.push(
      "BASE_URL must be an https URL in production, except on localhost. Behind a proxy that terminates TLS, use the proxy's https URL.",
    );
  }
  return problems;
}

/** Whether a secret was typed and not generated. */
function isGuessable(secret: string): boolean {
  return PLACEHOLDER.test(secret) || isRepetition(secret) || isSequence(secret) || bitsOf(secret) < LEAST_BITS;
}

/** Whether a text is a shorter one over and over, the last time perhaps in part. */
function isRepetition(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period += 1) {
    if (text.slice(period) === text.slice(0, -period)) return true;
  }
  return false;
}

/** Whether most characters follow the one before them in the alphabet, up or down, or are the same. */
function isSequence(text: string): boolean {
  let steps = 0;
  for (let index = 1; index < text.length; index += 1) {
    if (Math.abs(text.charCodeAt(index) - text.charCodeAt(index - 1)) <= 1) steps += 1;
  }
  return steps > text.length / 2;
}

/** Shannon's entropy of the characters of a text, in bits: what it has at the most. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / text.length);
  return bits;
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether others can read what is sent to a URL. */
function isReadable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}
