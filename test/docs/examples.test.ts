import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { allBlocks, anchorsOf, blocksOf, documents, localLinks, ROOT } from '../support/markdown.ts';
import { PACKING, type Packed, pack } from '../support/packed.ts';
import { run } from '../support/process.ts';

const blocks = await allBlocks();
const written = (...languages: string[]) =>
  blocks
    .filter(({ language }) => languages.includes(language))
    .map((block, index) => ({ ...block, title: `${block.document} #${index + 1}` }));

/** A block that repeats lines of a block in another document, where they are complete. */
const EXCERPT = /^excerpt of /;
const isExcerpt = ({ label }: { label: string }): boolean => EXCERPT.test(label);

describe('every example in the documents', () => {
  it.each(written('graphql'))('$title fits the schema', ({ code }) => {
    expect(validate(schema, parse(code)).map(({ message }) => message)).toEqual([]);
  });

  it.each(written('json'))('$title is JSON', ({ code }) => {
    expect(() => JSON.parse(code)).not.toThrow();
  });

  it.each(blocks.filter(isExcerpt))('$document: the $label is in it, line for line', async ({ label, code }) => {
    const whole = (await blocksOf(label.replace(EXCERPT, ''))).flatMap((block) => block.code.split('\n'));
    expect(whole).toEqual(expect.arrayContaining(code.split('\n')));
  });

  describe('in TypeScript and JavaScript', () => {
    let packed: Packed;
    beforeAll(async () => {
      packed = await pack([
        '@objectstack/client',
        '@objectstack/plugin-webhooks',
        '@objectstack/service-messaging',
        '@objectstack/service-realtime',
        '@apollo/client',
        '@urql/core',
        'graphql-request',
      ]);
      await mkdir(join(packed.project, 'node_modules/@types'), { recursive: true });
      await symlink(`${ROOT}node_modules/@types/node`, join(packed.project, 'node_modules/@types/node'));
    }, PACKING);
    afterAll(async () => {
      await packed[Symbol.asyncDispose]();
    });

    it('type-checks against the packed package', async () => {
      const examples = written('ts', 'js').filter((block) => !isExcerpt(block));
      const files = examples.map(({ language }, index) => `example-${index}.${language}`);
      await Promise.all(
        examples.map(({ code, title }, index) =>
          writeFile(join(packed.project, files[index] ?? ''), `// ${title}\n${code}\nexport {};\n`),
        ),
      );
      const flags =
        '--noEmit --strict --skipLibCheck --allowJs --checkJs --module nodenext --target es2024 --types node';
      const { stdout } = await run(`${ROOT}node_modules/.bin/tsc`, [...flags.split(' '), ...files], {
        cwd: packed.project,
      });
      expect(examples.length).toBeGreaterThan(0);
      expect(stdout).toBe('');
    });
  });
});

describe('every link in the documents', () => {
  it('leads to a file or a heading that is there', async () => {
    const known = new Map(await Promise.all(documents().map(async (path) => [path, await anchorsOf(path)] as const)));
    const broken = [];
    for (const { from, to } of await localLinks()) {
      const [path = '', anchor] = to.split('#');
      const target = path === '' ? from : join(from, '..', path);
      const anchors = known.get(target);
      const there =
        anchors === undefined ? existsSync(join(ROOT, target)) : anchor === undefined || anchors.has(anchor);
      if (!there) broken.push(`${from}: ${to}`);
    }
    expect(broken).toEqual([]);
  });
});
