// @ts-nocheck
// 
import { expect } from 'vitest';
import type { TestKernel } from './kernel.ts';

/** What a refusal looks like from outside, at either endpoint. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

export interface RefusedAnswer {
  readonly headers: Headers;
  readonly text: string;
  readonly message: string;
}

interface ErrorBody {
  errors?: { message: string; extensions?: { code?: string } }[];
  error?: { code: string; message: string };
}

/** Sends a request, and asserts that it is refused in this way and that no row was written or changed. */
export async function expectRefusal(
  target: Pick<TestKernel, 'request' | 'storedKeys'>,
  path: string,
  init: RequestInit,
  expected: Refusal,
): Promise<RefusedAnswer> {
  const before = await target.storedKeys();
  const response = await target.request(path, init);
  const text = await response.text();
  const body = JSON.parse(text) as ErrorBody;
  const error = body.errors?.[0];
  expect({ status: response.status, code: error?.extensions?.code ?? body.error?.code }).toEqual(expected);
  expect(text).not.toContain('osk_');
  expect(await target.storedKeys()).toEqual(before);
  return { headers: response.headers, text, message: error?.message ?? body.error?.message ?? '' };
}
