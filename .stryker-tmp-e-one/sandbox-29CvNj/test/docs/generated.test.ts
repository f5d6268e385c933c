// @ts-nocheck
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { SECTIONS, withSection } from '../../scripts/docs/sections.ts';
import { ROOT } from '../support/markdown.ts';

it.each([...SECTIONS])('%s says what the code does now (else: npm run docs)', async (document, section) => {
  const text = await readFile(`${ROOT}${document}`, 'utf8');
  expect(text).toBe(withSection(text, section()));
  expect(section()).not.toBe('');
});
