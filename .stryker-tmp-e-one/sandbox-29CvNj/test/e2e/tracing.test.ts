// @ts-nocheck
import { randomBytes, randomUUID } from 'node:crypto';
import { hashApiKey } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN } from '../support/kernel.ts';
import { type OtlpReceiver, type ReceivedSpan, receiveOtlp } from '../support/otlp.ts';

const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

let receiver: OtlpReceiver;
const traceOf = { graphql: hex(16), rest: hex(16), refused: hex(16), broken: hex(16), unsampled: hex(16) };
const parent = hex(8);
const secrets: string[] = [];

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

const inTrace = (traceId: string, flags = '01') => ({
  traceparent: `00-${traceId}-${parent}-${flags}`,
  tracestate: 'vendor=free-text-of-the-caller',
});

beforeAll(async () => {
  receiver = await receiveOtlp();
  const { endpoint } = receiver;
  const target = await bootKernel({
    config: { tracing: { endpoint, serviceName: 'keys-under-test', sampleRatio: 1 } },
  });
  const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const keep = ({ key = '', status }: Answer): void => {
    expect(key, String(status)).toMatch(/^osk_/);
    secrets.push(key, hashApiKey(key));
  };
  const name = `named-${randomUUID()}`;
  secrets.push(admin.token, admin.cookie, name, 'free-text-of-the-caller', DEV_ADMIN.email);

  const [graphql, rest] = [graphqlEndpoint(target), restEndpoint(target)];
  keep(
    await graphql.mint({ ...bearer(admin.token), ...inTrace(traceOf.graphql), 'x-request-id': 'r-graphql' }, { name }),
  );
  keep(await rest.mint({ ...bearer(admin.token), ...inTrace(traceOf.rest) }, { name }));
  keep(await rest.mint({ ...bearer(admin.token), ...inTrace(traceOf.unsampled, '00') }, { name }));
  keep(await rest.mint({ cookie: admin.cookie, traceparent: 'not-a-traceparent' }, { name }));
  expect((await graphql.mint(inTrace(traceOf.refused), { name })).code).toBe('UNAUTHENTICATED');
  await target.sql('ALTER TABLE sys_api_key RENAME TO sys_api_key_elsewhere');
  const broken = await rest.mint({ ...bearer(admin.token), ...inTrace(traceOf.broken) }, { name });
  expect(broken.status).toBeGreaterThanOrEqual(500);
  await target.sql('ALTER TABLE sys_api_key_elsewhere RENAME TO sys_api_key');
  // The end of the process sends what is left.
  await target[Symbol.asyncDispose]();
});
afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
});

const spansOf = (traceId: string): ReceivedSpan[] => receiver.spans().filter((span) => span.traceId === traceId);
const named = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan => {
  const [span, ...others] = spans.filter((candidate) => candidate.name === name);
  if (span === undefined || others.length > 0) throw new Error(`${others.length} others named ${name}`);
  return span;
};

describe('the trace of a request', () => {
  it.each(['graphql', 'rest'] as const)('continues that of its caller and has a span for each step: %s', (endpoint) => {
    const spans = spansOf(traceOf[endpoint]);
    expect(spans.map(({ name }) => name).sort()).toEqual(['authenticate', 'createApiKey', 'database insert', 'mint']);
    const request = named(spans, 'createApiKey');
    expect(request).toMatchObject({ parentSpanId: parent, kind: SERVER, traceState: '', statusCode: 0 });
    expect(request.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.response.status_code': endpoint === 'rest' ? 201 : 200,
      'api_keys.endpoint': endpoint,
      'api_keys.operation': 'createApiKey',
      'api_keys.code': 'OK',
    });
    expect(named(spans, 'authenticate').parentSpanId).toBe(request.spanId);
    expect(named(spans, 'mint').parentSpanId).toBe(request.spanId);
    expect(named(spans, 'database insert')).toMatchObject({ parentSpanId: named(spans, 'mint').spanId, kind: CLIENT });
  });

  it('is joined to the log by the request id', () => {
    expect(named(spansOf(traceOf.graphql), 'createApiKey').attributes['api_keys.request_id']).toBe('r-graphql');
  });

  it('starts here if the caller has none, or an invalid one', () => {
    const roots = receiver.spans().filter(({ parentSpanId }) => parentSpanId === '');
    expect(roots).toHaveLength(1);
    expect(roots[0]).toMatchObject({ name: 'createApiKey', attributes: { 'api_keys.code': 'OK' } });
  });

  it('is not kept when its caller does not keep it', () => {
    expect(spansOf(traceOf.unsampled)).toEqual([]);
  });

  it('records the code of a rejected request', () => {
    const spans = spansOf(traceOf.refused);
    expect(named(spans, 'request').attributes).toMatchObject({ 'api_keys.code': 'UNAUTHENTICATED' });
    expect(named(spans, 'authenticate')).toMatchObject({
      attributes: { 'error.type': 'UNAUTHENTICATED' },
      statusCode: 0,
    });
  });

  it('records the code of a failure and nothing of its cause', () => {
    const spans = spansOf(traceOf.broken);
    for (const name of ['createApiKey', 'mint', 'database insert']) {
      expect(named(spans, name)).toMatchObject({ statusCode: ERROR, statusMessage: '', events: 0 });
    }
  });

  it('holds no key, hash, session, name, query or free text of a caller', () => {
    const text = receiver.text();
    expect(text).toContain('keys-under-test');
    for (const secret of [...secrets, 'osk_', 'input', 'mutation', 'sys_api_key']) expect(text).not.toContain(secret);
  });
});
