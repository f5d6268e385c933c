// @ts-nocheck
// 
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { checkMemberFilters } from '../../../src/standalone/sign-in/member-filters.ts';

const PATH = '/api/v1/auth/organization/list-members';
const app = new Hono();
checkMemberFilters(app);
app.get(PATH, (context) => context.text('listed'));

it.each([
  ['filterField=token&filterValue=M', /^filterField must be one of id, /],
  ['filterField=__proto__&filterValue=1', /^filterField must be/],
  ['filterField=&filterValue=1', /^filterField must be/],
  ['filterField=role&filterField=token&filterValue=M', /^filterField must be/],
  ['sortBy=token', /^sortBy must be/],
  ['limit=-1', /^limit must be/],
  ['offset=-1', /^offset must be/],
  ['offset=1e9', /^offset must be/],
  ['filterField=role', /needs a filterValue/],
  ['filterField=role&filterValue=owner&filterOperator=in', /at least twice/],
  ['filterField=role&filterValue=a&filterValue=b', /once/],
  ['filterField=createdAt&filterValue=M', /must be a date/],
])('members are not listed by %s', async (query, message) => {
  const answer = await app.request(`${PATH}?${query}`);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({ code: 'VALIDATION_FAILED', message: expect.stringMatching(message) });
});

it.each([
  '',
  'organizationId=org_1&limit=10&offset=0',
  'sortBy=createdAt&sortDirection=desc',
  'filterField=role&filterValue=owner&filterOperator=ne',
  'filterField=userId&filterValue=a&filterValue=b&filterOperator=in',
  'filterField=createdAt&filterValue=2026-01-01T00:00:00Z&filterOperator=gt',
])('members are listed by %j', async (query) => {
  expect(await (await app.request(`${PATH}?${query}`)).text()).toBe('listed');
});
