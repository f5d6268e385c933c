// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { cookieCounts } from '../../src/auth/cookie-origin.ts';
import { TrustedOrigins } from '../../src/http/origins.ts';

const HOME = 'https://keys.example.com';
const origins = new TrustedOrigins([HOME]);
const counts = (method: string, headers: Record<string, string>): boolean =>
  cookieCounts({ method, headers: new Headers(headers) }, origins);

const SAFE = ['GET', 'HEAD'];
const ALL = [...SAFE, 'POST', 'PATCH', 'PUT', 'DELETE'];
const CHANGING = ALL.filter((method) => !SAFE.includes(method));

describe('a session cookie counts', () => {
  it.each(ALL)('in a %s that a trusted page made', (method) => {
    expect(counts(method, { origin: HOME })).toBe(true);
    expect(counts(method, { origin: HOME, 'sec-fetch-site': 'cross-site' })).toBe(true);
    expect(counts(method, { 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(counts(method, { referer: HOME })).toBe(true);
    expect(counts(method, { referer: `${HOME}/console?page=1#a` })).toBe(true);
  });

  it.each(SAFE)('in a %s that was typed into the address bar', (method) => {
    expect(counts(method, { 'sec-fetch-site': 'none' })).toBe(true);
  });

  it.each(CHANGING)('in a %s that says nothing of pages: it comes from a program', (method) => {
    expect(counts(method, {})).toBe(true);
  });
});

describe('a session cookie does not count', () => {
  it.each([
    'https://evil.example',
    `${HOME}.evil.example`,
    `${HOME}:8443`,
    `${HOME}/`,
    'http://keys.example.com',
    'https://sub.keys.example.com',
    'null',
    '',
    '*',
  ])('with the Origin "%s", whatever else is said', (origin) => {
    for (const method of ALL) {
      expect(counts(method, { origin })).toBe(false);
      expect(counts(method, { origin, 'sec-fetch-site': 'same-origin', referer: `${HOME}/` })).toBe(false);
    }
  });

  it.each(['cross-site', 'same-site', 'SAME-ORIGIN', 'other', ''])('with Sec-Fetch-Site "%s"', (site) => {
    for (const method of ALL) {
      expect(counts(method, { 'sec-fetch-site': site })).toBe(false);
      expect(counts(method, { 'sec-fetch-site': site, referer: `${HOME}/` })).toBe(false);
    }
  });

  it.each(CHANGING)('in a %s out of the address bar, which browsers do not send', (method) => {
    expect(counts(method, { 'sec-fetch-site': 'none' })).toBe(false);
    expect(counts(method, { 'sec-fetch-site': 'none', referer: `${HOME}/` })).toBe(false);
  });

  it.each([
    `https://evil.example/?${HOME}`,
    `${HOME}.evil.example/`,
    'https://keys.example.com@evil.example/',
    'keys.example.com',
    '/console',
    'about:blank',
    '',
  ])('with the Referer "%s"', (referer) => {
    for (const method of ALL) expect(counts(method, { referer })).toBe(false);
  });

  it.each(SAFE)('in a %s that says nothing of pages: an image on any page can cause one', (method) => {
    expect(counts(method, {})).toBe(false);
  });
});
