// @ts-nocheck
import { expect } from 'vitest';
import { type FieldError, ServiceError } from '../../src/base/errors.ts';

/** The fields that an input is refused for; fails when it is not refused. */
export function refusedFields(parse: () => unknown): readonly FieldError[] {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    expect(error.code).toBe('VALIDATION_FAILED');
    return error.fields ?? [];
  }
  throw new Error('this was taken');
}
