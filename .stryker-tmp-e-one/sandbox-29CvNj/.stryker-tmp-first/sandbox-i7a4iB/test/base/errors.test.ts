// @ts-nocheck
// 
import { describe, expect, it } from 'vitest';
import { invalid } from '../../src/base/errors.ts';

const field = (message: string) => ({ field: 'scopes', code: 'invalid', message });

describe('the message of a refused input', () => {
  it('says each sentence once', () => {
    expect(invalid([field('One.'), field('Two.'), field('One.')]).message).toBe('One. Two.');
  });

  it('is of a length that a person reads, and counts what it leaves out', () => {
    const fields = Array.from({ length: 10 }, (_, at) => field(`${at}${'x'.repeat(198)}.`));
    const { message, fields: all } = invalid(fields);
    expect(message).toBe(`${fields[0]?.message} ${fields[1]?.message} There are 8 more problems.`);
    expect(all).toEqual(fields);
    expect(invalid(fields.slice(0, 3)).message).toMatch(/ There is 1 more problem\.$/);
  });

  it('is that of the code where no field is named', () => {
    expect(invalid([]).message).toBe('The request is not valid.');
  });
});
