// @ts-nocheck
// 
import { expect, it } from 'vitest';
import { withinRequest } from '../../src/http/request-scope.ts';
import { shareMetadata } from '../../src/platform/shared-metadata.ts';

/** A service that says what it was asked for, and the same with answers that are shared. */
function shared({ transaction = undefined as unknown, engineTells = true } = {}) {
  const asked: object[] = [];
  let objects = ['note'];
  let failure: Error | undefined;
  const protocol = {
    async getMetaItems(request: { readonly type: string }) {
      asked.push(request);
      if (failure !== undefined) throw failure;
      return { type: request.type, items: objects as readonly unknown[] };
    },
  };
  const engine = engineTells ? { txStore: { getStore: () => transaction } } : {};
  shareMetadata(protocol, engine);
  const ask = (request: { readonly type: string } = { type: 'object' }) =>
    withinRequest({ id: 'req', address: undefined, url: '/', headers: new Headers() }, () =>
      protocol.getMetaItems(request),
    );
  return {
    ask,
    asked,
    define: (...names: string[]) => {
      objects = names;
    },
    fail: (error: Error | undefined) => {
      failure = error;
    },
  };
}

it('requests in the same turn share a result, and none can change it for the others', async () => {
  const { ask, asked } = shared();
  const answers = await Promise.all([ask(), ask(), ask()]);
  const [first] = answers;
  (first.items as unknown[]).pop();
  expect(answers.map(({ items }) => items)).toEqual([[], ['note'], ['note']]);
  expect(asked).toEqual([{ type: 'object' }]);
});

it('the answer is made after they have asked, and the next request gets a new one', async () => {
  const { ask, asked, define } = shared();
  const first = ask();
  define('note', 'defined meanwhile');
  expect((await first).items).toEqual(['note', 'defined meanwhile']);
  define('note');
  expect((await ask()).items).toEqual(['note']);
  expect(asked).toHaveLength(2);
});

it('a failure reaches every request that shares it, and no later request', async () => {
  const { ask, fail } = shared();
  fail(new Error('no answer'));
  const outcomes = await Promise.allSettled([ask(), ask()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fail(undefined);
  expect((await ask()).items).toEqual(['note']);
});

it.each([
  ['another type', {}, { type: 'view' }],
  ['one package', {}, { type: 'object', packageId: 'p' }],
  ['an organization', {}, { type: 'object', organizationId: 'o' }],
  ['drafts', {}, { type: 'object', previewDrafts: true }],
  ['within a transaction', { transaction: {} }, { type: 'object' }],
  ['of an engine that cannot tell of transactions', { engineTells: false }, { type: 'object' }],
])('what is asked for %s is not shared', async (_case, options, request) => {
  const { ask, asked } = shared(options);
  await Promise.all([ask(request), ask(request)]);
  expect(asked).toEqual([request, request]);
});

it('an undefined value does not make a different query', async () => {
  const { ask, asked } = shared();
  await Promise.all([ask({ type: 'object', ...{ packageId: undefined } }), ask()]);
  expect(asked).toHaveLength(1);
});
