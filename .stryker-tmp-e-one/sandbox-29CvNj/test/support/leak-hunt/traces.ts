// @ts-nocheck
import { createHash } from 'node:crypto';

/** What must not be where it is not allowed. */
export interface Secret {
  /** What a finding calls it: never the value. */
  readonly label: string;
  readonly value: string;
}

export function hashOf(secret: Secret): Secret {
  return { label: `the hash of ${secret.label}`, value: createHash('sha256').update(secret.value).digest('hex') };
}

/** Part of a secret gives it away as well: half of its characters, from its middle. */
function kernelOf(value: string): string {
  const length = Math.max(8, Math.ceil(value.length / 2));
  const start = Math.floor((value.length - length) / 2);
  return value.slice(start, start + length);
}

/** Ways in which a value is written, all of which give it away: in part, in another case, escaped, encoded. */
export function spellings(value: string): string[] {
  const part = kernelOf(value);
  // In base64 what stands before a text shifts it; the characters at its ends depend on their neighbours.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + value)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [
    ...new Set([
      part,
      part.toUpperCase(),
      encodeURIComponent(part),
      JSON.stringify(part).slice(1, -1),
      Buffer.from(part).toString('hex'),
      ...base64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
      [...part].reverse().join(''),
    ]),
  ];
}

/** How often one of the spellings of a secret occurs in text or bytes. */
export function occurrences(secret: Secret, within: string | Buffer): number {
  return Math.max(...spellings(secret.value).map((spelling) => count(spelling, within)));
}

function count(needle: string, within: string | Buffer): number {
  let found = 0;
  for (let at = within.indexOf(needle); at >= 0; at = within.indexOf(needle, at + needle.length)) found += 1;
  return found;
}
