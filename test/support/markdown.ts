import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lexer, type Token } from 'marked';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A fenced block of a document. */
export interface Block {
  /** The document's path in the repository. */
  readonly document: string;
  /** The first word after the fence, such as `sh`. */
  readonly language: string;
  /** The rest of that line, such as a file name. */
  readonly label: string;
  readonly code: string;
  /** Why the block is not run: the reason in `<!-- not run: … -->` right above it. */
  readonly notRun: string | undefined;
}

/** The fenced blocks of a document, in order. */
export async function blocksOf(document: string): Promise<Block[]> {
  return blocksIn(document, await readFile(`${ROOT}${document}`, 'utf8'));
}

/** The fenced blocks of a text, in order. */
export function blocksIn(document: string, text: string): Block[] {
  const blocks: Block[] = [];
  let above: Token | undefined;
  for (const token of lexer(text)) {
    if (token.type === 'code') {
      const [language = '', ...label] = (token.lang ?? '').split(' ');
      const notRun = above?.type === 'html' ? /^<!-- not run: (.+) -->\s*$/.exec(above.raw)?.[1] : undefined;
      blocks.push({ document, language, label: label.join(' '), code: token.text, notRun });
    }
    if (token.type !== 'space') above = token;
  }
  return blocks;
}

/** The block of a document with a label. */
export async function blockNamed(document: string, label: string): Promise<Block> {
  const block = (await blocksOf(document)).find((candidate) => candidate.label === label);
  if (block === undefined) throw new Error(`${document} has no block "${label}"`);
  return block;
}
