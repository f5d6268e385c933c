// @ts-nocheck
import { buildSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { beforeEach, describe, expect, it } from 'vitest';
import { sessionPrincipal } from '../../src/auth/principal.ts';
import { Budget } from '../../src/base/deadline.ts';
import { ServiceError } from '../../src/base/errors.ts';
import { type ServerContext, useAuthentication } from '../../src/graphql/authentication.ts';
import type { EndpointRequest } from '../../src/http/endpoint.ts';
import { Exchange } from '../../src/http/exchange.ts';

const ADDRESS = 'http://localhost/graphql';
const principal = sessionPrincipal({ userId: 'usr_1', email: '', organizationId: undefined }, false);

let authenticate: (request: Pick<EndpointRequest, 'method' | 'headers'>) => Promise<typeof principal>;
let asked: unknown[];
let refused: [EndpointRequest, ServiceError][];
let failures: ServiceError[];
let principals: unknown[];
let steps: string[];
beforeEach(() => {
  authenticate = async () => principal;
  asked = [];
  refused = [];
  failures = [];
  principals = [];
  steps = [];
});

const yoga = createYoga<ServerContext>({
  schema: buildSchema('type Query { a: Int }'),
  logging: false,
  cors: false,
  context: (given) => {
    principals.push(given.principal);
    return {};
  },
  plugins: [
    useAuthentication(
      {
        authenticate: (request) => {
          asked.push(request);
          return authenticate(request);
        },
      },
      (request, error) => {
        refused.push([request, error]);
        return new Response('refused', { status: error.status });
      },
    ),
  ],
});

async function send(method: string, body?: string) {
  const request = new Request(method === 'GET' ? `${ADDRESS}?query={a}` : ADDRESS, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
  const received: EndpointRequest = {
    method,
    url: ADDRESS,
    headers: request.headers,
    readBody: () => expect.unreachable('the body is not for authentication'),
  };
  const exchange = new Exchange(
    { id: 'a', address: undefined, endpoint: 'graphql', idempotencyKey: null, budget: new Budget(1000) },
    { answered: () => undefined, failed: (_exchange, error) => failures.push(error) },
  );
  exchange.trace = {
    during: (step, run) => {
      steps.push(step);
      return run();
    },
    end: () => undefined,
  };
  return { response: await yoga.fetch(request, { exchange, received }), exchange, received, request };
}

describe('a request to the GraphQL endpoint', () => {
  it.each([
    ['GET', undefined],
    ['POST', '{"query":"{ a }"}'],
  ])('is executed for the principal that authentication found: %s', async (method, body) => {
    const { response, exchange, received } = await send(method, body);
    expect(await response.json()).toEqual({ data: { a: null } });
    expect(asked).toEqual([received]);
    expect(principals).toEqual([principal]);
    expect(steps).toEqual(['authenticate']);
    expect(exchange.code).toBe('OK');
    expect(refused).toEqual([]);
  });

  it.each([
    ['was refused', new ServiceError('UNAUTHENTICATED')],
    ['could not be told', new ServiceError('SERVICE_UNAVAILABLE')],
  ])('ends where its principal %s, with its body unread', async (_how, error) => {
    authenticate = () => Promise.reject(error);
    const { response, exchange, received, request } = await send('POST', 'not even JSON');
    expect(response.status).toBe(error.status);
    expect(await response.text()).toBe('refused');
    expect(refused).toEqual([[received, error]]);
    expect(exchange.code).toBe(error.code);
    expect(failures).toEqual(error.status >= 500 ? [error] : []);
    expect(request.bodyUsed).toBe(false);
    expect(principals).toEqual([]);
  });

  it('ends where authentication itself fails, with nothing of the failure in the answer', async () => {
    const defect = new TypeError('a defect');
    authenticate = () => Promise.reject(defect);
    const { response, exchange } = await send('POST', '{"query":"{ a }"}');
    expect(response.status).toBe(500);
    expect(exchange.code).toBe('INTERNAL_ERROR');
    expect(failures).toMatchObject([{ code: 'INTERNAL_ERROR', cause: defect }]);
    expect(principals).toEqual([]);
  });
});
