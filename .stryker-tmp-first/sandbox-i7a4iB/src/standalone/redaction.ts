/**
 * Secrets that must not appear in the output of the process, whoever writes it. This service does not log
 * them, but the platform and its libraries do: the SQL driver prints failed statements with their values (the
 * hash of a key, a session token), and the first start prints the password of the administrator.
 */
// @ts-nocheck

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // A key, past the prefix that may be shown.
  [/\bosk_[\w-]{9,}/gi, 'osk_[redacted]'],
  // SHA-256, which is how keys are stored.
  [/\b[0-9a-f]{64}\b/gi, '[redacted]'],
  // A session token with better-auth's signature.
  [/\b\w{16,128}(?:\.|%2E)[\w+/%-]{43}(?:=|%3D)?/gi, '[redacted]'],
  // Text in a statement, and the values of a violated constraint as PostgreSQL tells them.
  [/([=(,<>]|\b(?:like|values)) ?'(?:[^']|'')*'/gi, "$1 '[redacted]'"],
  [/\bKey \(([^()]*)\)=\([^()]*\)/g, 'Key ($1)=([redacted])'],
  // Fields of an object, as Node prints them, as JSON, and as JSON within JSON.
  [
    /\b((?:access_?|refresh_?|id_?|session_?)?token|password|secret|authorization|cookie)(\\*["']?: ?\\*["'])[^"'\\]{4,}/gi,
    '$1$2[redacted]',
  ],
  // Credentials in an address.
  [/(\w:\/\/[^\s:@/]*):[^\s@/]+@/g, '$1:[redacted]@'],
];

/** Text without secrets. @param known secrets of this process, such as the one that signs cookies. */
export function redact(text: string, known: readonly string[]): string {
  let clean = text;
  for (const secret of known) clean = clean.replaceAll(secret, '[redacted]');
  for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
  return clean;
}

/** Shorter ones are words that occur by chance. */
const SHORTEST_SECRET = 10;

/**
 * Takes secrets out of everything that the process writes to standard output and standard error.
 *
 * @param secrets of this process, to be recognized by their value.
 * @returns how to write to standard output as before, for what is meant to be read.
 */
export function redactOutput(secrets: readonly (string | undefined)[]): (text: string) => void {
  const known = secrets.filter((secret) => secret !== undefined && secret.length >= SHORTEST_SECRET) as string[];
  const print = process.stdout.write.bind(process.stdout);
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: string, ...rest: unknown[]) => boolean;
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return write(redact(text, known), ...rest);
    }) as typeof stream.write;
  }
  return (text) => void print(text);
}
