import { parse } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { apiKeyPrincipal } from '../../src/auth/principal.ts';
import { ServiceError } from '../../src/base/errors.ts';
import { createGraphQLHandler } from '../../src/graphql/endpoint.ts';
import { ErrorPresenter } from '../../src/graphql/errors.ts';
import { KnownDocuments } from '../../src/graphql/known-documents.ts';
import { requestLimits } from '../../src/graphql/request-limits.ts';
import { tooLarge } from '../../src/http/body.ts';
import type { MintOrder } from '../../src/keys/mint/mint-order.ts';
import { schema } from '../../src/schema/index.ts';
import {
  SOMEBODY,
  type StandIn,
  standInAuthenticator,
  standInExchange,
  standInService,
  written,
} from '../support/rest-stand-in.ts';

const PATH = '/api/v1/graphql';
const JSON_TYPE = { 'content-type': 'application/json' };
const MINT =
  'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id name prefix createdAt } key } }';
const CI = { input: { name: 'CI' } };

interface Request {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
  /** The parameters, or a body as it is. */
  readonly body: object | string;
  readonly idempotencyKey?: string;
}

afterEach(() => vi.restoreAllMocks());

/**
 * Sends a request to a new endpoint, with no kernel behind it.
 *
 * @param isKnown whether the endpoint has executed the document before, for somebody else.
 * @returns the response and everything else that the request came to, and whether yoga was left out.
 */
async function send(
  { method = 'POST', url = PATH, headers = JSON_TYPE, body, idempotencyKey }: Request,
  isKnown: boolean,
  { caller = SOMEBODY, ...behind }: Omit<StandIn, 'caller'> & { caller?: StandIn['caller'] | Error } = {},
  introspection = true,
) {
  const steps: string[] = [];
  const orders: MintOrder[] = [];
  const failures: string[] = [];
  let asks: typeof caller = SOMEBODY;
  const { keys, platform } = standInService(orders, behind);
  const handler = createGraphQLHandler({
    schema,
    path: PATH,
    keys,
    platform,
    authenticator: {
      authenticate: (request: Parameters<ReturnType<typeof standInAuthenticator>['authenticate']>[0]) =>
        standInAuthenticator(steps, asks).authenticate(request),
    } as ReturnType<typeof standInAuthenticator>,
    presenter: new ErrorPresenter(introspection),
    limits: requestLimits.parse({}),
    graphiql: false,
    introspection,
  });
  const ask = (exchange: ReturnType<typeof standInExchange>, text: string) =>
    handler(
      {
        method,
        url,
        headers: new Headers(headers),
        async readBody(limit) {
          steps.push('read the body');
          if (text.length > limit) throw tooLarge(limit);
          return new TextEncoder().encode(text);
        },
      },
      exchange,
      '',
    );
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const query = typeof body === 'object' && 'query' in body ? body.query : undefined;
  // Without variables nothing is written; the document is executed all the same.
  if (isKnown && typeof query === 'string') {
    await ask(
      standInExchange([], [], 'graphql'),
      JSON.stringify({ query, ...(query === TWO && { operationName: 'A' }) }),
    );
    for (const list of [steps, orders, failures]) list.length = 0;
  }
  asks = caller;
  const answered = vi.spyOn(KnownDocuments.prototype, 'answer');
  const exchange = standInExchange(steps, failures, 'graphql', idempotencyKey);
  const answer = await ask(exchange, text);
  const { operation, code, reason, replayed } = exchange;
  const result = answered.mock.settledResults.at(-1);
  return {
    withoutYoga: result?.value !== undefined,
    seen: {
      status: answer.status,
      headers: [...answer.headers].sort(),
      body: masked(answer.body),
      told: { operation, code, reason, replayed },
      steps: [...steps],
      failures: [...failures],
      orders: orders.map(({ name, requestId }) => [name, requestId]),
    },
  };
}

/** Secrets are random. */
function masked(body: string | null): string | undefined {
  return body?.replace(/osk_[\w-]{43}/g, 'osk_secret').replace(/"prefix":"osk_[\w-]+"/g, '"prefix":"osk_prefix"');
}

const mint = (changes: Partial<Request> = {}): Request => ({ body: { query: MINT, variables: CI }, ...changes });
const asking = (query: string, more: object = {}): Request => ({ body: { query, ...more } });
const accepting = (accept: string): Request => mint({ headers: { ...JSON_TYPE, accept } });
const TWO =
  'query A { viewer { email } } mutation B($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }';
const key = apiKeyPrincipal({ userId: 'u1', email: 'u1@example.test', organizationId: 'o1' }, 'k1');
const refusing = (error: ServiceError): StandIn => ({ write: () => error });

/** What yoga is left out for, once it has executed the document. */
const EXECUTED: readonly (readonly [what: string, request: Request, behind?: Parameters<typeof send>[2]])[] = [
  ['a mint', mint()],
  ['a mint at the whole URL', mint({ url: `http://localhost:3000${PATH}` })],
  ['GraphQL over HTTP', accepting('application/graphql-response+json')],
  ['both media types', accepting('application/graphql-response+json, application/json;q=0.9')],
  ['another media type', accepting('text/event-stream')],
  ['parts', accepting('multipart/mixed')],
  ['input that is refused', asking(MINT, { variables: { input: { name: ' ', expiresAt: '2000-01-01T00:00:00Z' } } })],
  [
    'input that is refused, over HTTP',
    { ...accepting('application/graphql-response+json'), body: { query: MINT, variables: { input: { name: '' } } } },
  ],
  ['no variables', asking(MINT)],
  ['variables that are null', asking(MINT, { variables: null, operationName: null, extensions: null })],
  ['a variable of the wrong type', asking(MINT, { variables: { input: 'CI' } })],
  [
    'a field that does not exist in a variable',
    asking(MINT, { variables: { input: { name: 'CI', key: 'osk_mine' } } }),
  ],
  ['variables that nobody asked for', asking(MINT, { variables: { ...CI, more: 1 } })],
  ['extensions', asking(MINT, { variables: CI, extensions: { a: 1 } })],
  ['an operation by its name', asking(TWO, { operationName: 'B', variables: CI })],
  ['the other operation', asking(TWO, { operationName: 'A', variables: CI })],
  [
    'a query with a fragment, an alias and a directive',
    asking(
      'query ($no: Boolean = false) { me: viewer { ...F id @include(if: $no) } } fragment F on Viewer { email __typename }',
    ),
  ],
  ['the schema', asking('{ __schema { queryType { name } } __typename }')],
  ['a limit', mint(), refusing(new ServiceError('RATE_LIMITED', { retryAfter: 7 }))],
  ['a failure', mint(), refusing(new ServiceError('SERVICE_UNAVAILABLE'))],
  ['a repeat', mint({ idempotencyKey: '"once"' }), { write: (order) => ({ ...written(order), replayed: true }) }],
  ['an Idempotency-Key that is none', mint({ idempotencyKey: ' ' })],
  ['a bug', mint(), { write: () => undefined as never }],
  ['an API key', mint(), { caller: key }],
  ['nobody', mint(), { caller: new ServiceError('UNAUTHENTICATED', { headers: { 'WWW-Authenticate': 'Bearer' } }) }],
  ['a bug of authentication', mint(), { caller: new TypeError('a bug') }],
];

/** What yoga answers, however often it came. */
const LEFT_TO_YOGA: readonly (readonly [what: string, request: Request])[] = [
  ['a syntax error', asking('{ viewer')],
  ['a field that does not exist', asking('{ viewer { secret } }')],
  ['an operation that does not exist', asking(MINT, { operationName: 'Nobody', variables: CI })],
  ['two operations and no name', asking(TWO, { variables: CI })],
  ['more tokens than allowed', asking(`{ ${'viewer { email } '.repeat(300)} }`)],
  [
    'more mutations than allowed',
    asking('mutation { a: createApiKey(input: { name: "a" }) { key } b: createApiKey(input: { name: "b" }) { key } }'),
  ],
  ['a list of requests', { body: [{ query: MINT, variables: CI }] }],
  ['a parameter that does not exist', asking(MINT, { variables: CI, more: 1 })],
  ['an empty query', asking(' ')],
  ['a body that is no JSON', { body: '{' }],
  ['a name that is there twice', { body: `{"query":${JSON.stringify(MINT)},"query":"{ viewer { id } }"}` }],
  ['a body that is too long', asking(MINT, { variables: { input: { name: 'x'.repeat(70_000) } } })],
  ['another content type', mint({ headers: { 'content-type': 'text/plain' } })],
  ['a mutation in the URL', mint({ method: 'GET', url: `${PATH}?query=${encodeURIComponent(MINT)}` })],
  ['another path', mint({ url: `${PATH}/` })],
  ['a query string', mint({ url: `${PATH}?a=1` })],
];

describe('a document that was executed before gets the same response, log line and failures', () => {
  it.each(EXECUTED.map(([what, request, behind = {}]) => [what, request, behind] as const))(
    '%s',
    async (_what, request, behind) => {
      const first = await send(request, false, behind);
      const again = await send(request, true, behind);
      expect(again.seen).toEqual(first.seen);
      expect(again.withoutYoga).toBe(true);
    },
  );

  it.each(LEFT_TO_YOGA)('and so does what is left to yoga: %s', async (_what, request) => {
    const first = await send(request, false);
    const again = await send(request, true);
    expect(again.seen).toEqual(first.seen);
    expect([first.withoutYoga, again.withoutYoga]).toEqual([false, false]);
  });

  const inProduction: readonly (readonly [what: string, request: Request])[] = [
    ['input that is refused', asking(MINT, { variables: { input: 'CI' } })],
    ['the schema', asking('{ __schema { queryType { name } } }')],
  ];
  it.each(inProduction)('in production too: %s', async (_what, request) => {
    const answers = [await send(request, false, {}, false), await send(request, true, {}, false)];
    expect(answers[1]?.seen).toEqual(answers[0]?.seen);
  });

  it('and mints one key, in the same steps', async () => {
    const { seen } = await send(mint(), true);
    expect(seen).toMatchObject({
      status: 200,
      orders: [['CI', 'r-1']],
      told: { operation: 'createApiKey', code: 'OK' },
    });
    expect(seen.steps).toEqual(['authenticate', 'authenticated', 'read the body', 'mint', 'database insert']);
  });
});

it('of the documents that were executed, a limited number is remembered', async () => {
  const known = new KnownDocuments({
    schema,
    path: PATH,
    authenticator: standInAuthenticator([], SOMEBODY),
    presenter: new ErrorPresenter(),
    limits: requestLimits.parse({}),
    contextOf: () => ({}) as never,
    max: 2,
  });
  const execute = (query: string): void => {
    const args = { document: parse(query), contextValue: { params: { query } } };
    known.plugin.onExecute?.({ args, executeFn: () => ({ data: {} }) } as never);
  };
  const isKnown = async (query: string): Promise<boolean> => {
    const readBody = async () => new TextEncoder().encode(JSON.stringify({ query }));
    const received = { method: 'POST', url: PATH, headers: new Headers(JSON_TYPE), readBody };
    return (await known.answer({ exchange: standInExchange([], [], 'graphql'), received })) !== undefined;
  };
  const [a, b, c] = ['{ a: __typename }', '{ b: __typename }', '{ c: __typename }'] as const;
  expect(await isKnown(a)).toBe(false);
  for (const query of [a, b, c]) execute(query);
  expect([await isKnown(a), await isKnown(b), await isKnown(c)]).toEqual([false, true, true]);
});
