// @ts-nocheck
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lexer, type Token, walkTokens } from 'marked';

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

/** Every document of the repository. */
export function documents(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed.trim().split('\n').sort();
}

/** Every fenced block of every document. */
export async function allBlocks(): Promise<Block[]> {
  return (await Promise.all(documents().map(blocksOf))).flat();
}

/** The block of a document with a label. */
export async function blockNamed(document: string, label: string): Promise<Block> {
  const block = (await blocksOf(document)).find((candidate) => candidate.label === label);
  if (block === undefined) throw new Error(`${document} has no block "${label}"`);
  return block;
}

/** The links and pictures of all documents that lead to a place in the repository. */
export async function localLinks(): Promise<{ readonly from: string; readonly to: string }[]> {
  const links: { from: string; to: string }[] = [];
  for (const from of documents()) {
    walkTokens(lexer(await readFile(`${ROOT}${from}`, 'utf8')), (token) => {
      if ((token.type === 'link' || token.type === 'image') && !/^[a-z]+:/.test(token.href)) {
        links.push({ from, to: token.href });
      }
    });
  }
  return links;
}

/** The anchors of a document's headings, made as GitHub makes them. */
export async function anchorsOf(document: string): Promise<ReadonlySet<string>> {
  const anchors = new Set<string>();
  walkTokens(lexer(await readFile(`${ROOT}${document}`, 'utf8')), (token) => {
    if (token.type === 'heading') {
      anchors.add(
        token.text
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
          .replaceAll(' ', '-'),
      );
    }
  });
  return anchors;
}
