import { Validator } from '@seriousme/openapi-schema-validator';
import { buildSchema, type GraphQLInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../src/base/errors.ts';
import { VERSION } from '../../src/base/version.ts';
import { openApiDocument } from '../../src/rest/openapi.ts';
import { routeAt } from '../../src/rest/routes.ts';
import { schema } from '../../src/schema/index.ts';
import { type Described, described, isJsonSchema, objectsIn, propertiesOf, resolve } from '../support/open-api.ts';

const operation = (method: string, path: string): Described => described.paths[path]?.[method] as Described;
const OPERATIONS = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

/** The sentences that a person reads: a capital (or code), and a full stop. */
const SENTENCE = /^[`A-Z].{5,}\.$/;

const REFUSALS = {
  400: ['Error'],
  401: ['Error', 'WWW-Authenticate'],
  403: ['Error'],
  413: ['Error'],
  415: ['Error'],
  422: ['Error'],
  429: ['Error', 'Retry-After'],
  500: ['Error'],
  503: ['Error', 'Retry-After'],
};

describe('the description of the REST endpoint', () => {
  it('is valid OpenAPI 3.1, of this version, from where the endpoints are', async () => {
    const { valid, errors = [] } = await new Validator().validate({ ...described });
    expect({ valid, errors }).toEqual({ valid: true, errors: [] });
    expect(described).toMatchObject({
      openapi: '3.1.1',
      info: { title: 'ObjectStack API keys', version: VERSION, description: expect.stringMatching(SENTENCE) },
      servers: [{ url: '/base' }],
    });
  });

  it('has JSON Schemas of draft 2020-12, wherever it has a schema', () => {
    const inline = objectsIn(described).flatMap(({ schema }) => (schema === undefined ? [] : [schema as Described]));
    for (const each of [...inline, ...Object.values(described.components['schemas'] ?? {})]) {
      expect(isJsonSchema(each), JSON.stringify(each)).toBe(true);
    }
  });

  it('names each operation as the route that answers it', () => {
    expect(OPERATIONS).toHaveLength(3);
    for (const { method, path, operation } of OPERATIONS) {
      const below = path.replace('{id}', 'some-id').slice('/keys'.length);
      expect(path.startsWith('/keys')).toBe(true);
      expect(routeAt(method.toUpperCase(), below).name).toBe(operation['operationId']);
      expect(operation['summary']).toMatch(/^[A-Z][a-z ]+$/);
      expect(operation['description']).toMatch(SENTENCE);
    }
  });

  it.each([
    [
      'post',
      '/keys',
      'CreateKey',
      { 200: ['CreatedKey', 'Idempotency-Replayed'], 201: ['CreatedKey', 'Location'], ...REFUSALS },
    ],
    [
      'post',
      '/keys/{id}/rotate',
      'RotateKey',
      {
        200: ['RotatedKey', 'Idempotency-Replayed'],
        201: ['RotatedKey', 'Location'],
        ...REFUSALS,
        404: ['Error'],
        409: ['Error'],
      },
    ],
  ])('%s %s takes one schema and answers with others, and with their headers', (method, path, takes, answers) => {
    const { requestBody, responses } = operation(method, path) as { requestBody: unknown; responses: Described };
    const content = (name: string): object => ({
      'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
    });
    expect(requestBody).toEqual({ required: true, content: content(takes) });
    const expected = Object.entries(answers).map(([status, [name, ...headers]]) => [
      status,
      {
        description: expect.stringMatching(SENTENCE),
        content: content(String(name)),
        headers: Object.fromEntries(headers.map((header) => [header, { $ref: `#/components/headers/${header}` }])),
      },
    ]);
    expect(responses).toEqual(Object.fromEntries(expected));
  });

  it('says of each refusal by which code of the error table it comes', () => {
    for (const { operation } of OPERATIONS) {
      for (const [status, response] of Object.entries(operation['responses'] as Described)) {
        if (Number(status) < 400) continue;
        const code = (Object.keys(ERRORS) as ErrorCode[]).find((candidate) => ERRORS[candidate].status === +status);
        const message = code && ERRORS[code].message;
        expect(response).toMatchObject({ description: `\`${code}\`: ${message}` });
      }
    }
  });

  it('says what a request carries beside its body', () => {
    const repeatable = { $ref: '#/components/parameters/IdempotencyKey' };
    expect(operation('post', '/keys')['parameters']).toEqual([repeatable]);
    expect(operation('post', '/keys/{id}/rotate')['parameters']).toEqual([
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string' },
        description: expect.stringMatching(SENTENCE),
      },
      repeatable,
    ]);
    expect(resolve(repeatable)).toMatchObject({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: expect.stringMatching(SENTENCE),
    });
  });

  it('asks for a session, as a token or as a cookie, for all but itself', () => {
    expect(described).toMatchObject({ security: [{ session: [] }, { sessionCookie: [] }] });
    for (const { operation } of OPERATIONS) {
      expect(operation['security']).toEqual(operation['operationId'] === 'describe' ? [] : undefined);
    }
    const description = expect.stringMatching(SENTENCE);
    expect(described.components['securitySchemes']).toEqual({
      session: { type: 'http', scheme: 'bearer', description },
      sessionCookie: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token', description },
    });
  });

  it('is itself answered as some object, to whoever asks', () => {
    expect(operation('get', '/keys/openapi.json')['responses']).toEqual({
      200: {
        description: expect.stringMatching(SENTENCE),
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    });
  });

  it('refers to what is there, and has nothing that is not referred to', () => {
    const references = new Set(objectsIn(described).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : [])));
    for (const reference of references) expect(resolve({ $ref: reference }), reference).toBeTypeOf('object');
    const { securitySchemes: _, ...components } = described.components;
    const there = Object.entries(components).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => `#/components/${kind}/${name}`),
    );
    expect([...references].sort()).toEqual(there.sort());
  });

  it('says what each field means, in a sentence', () => {
    for (const { properties = {} } of objectsIn(described.components['schemas']) as { properties?: Described }[]) {
      for (const [name, property] of Object.entries(properties)) {
        // What is only a place for others is described by them.
        const { properties: parts, items, const: constant, description } = property as Described;
        const place = parts !== undefined || typeof items === 'object' || constant !== undefined;
        if (!place || description !== undefined) expect(description, name).toMatch(SENTENCE);
      }
    }
    for (const header of Object.values(described.components['headers'] ?? {})) {
      expect(header).toMatchObject({ description: expect.stringMatching(SENTENCE), required: true });
    }
  });

  it('says of the fields of a body what GraphQL says of them', () => {
    const inputs = { CreateKey: 'CreateApiKeyInput', RotateKey: 'RotateApiKeyInput' };
    for (const [name, input] of Object.entries(inputs)) {
      const fields = (schema.getType(input) as GraphQLInputObjectType).getFields();
      const meant = Object.values(fields)
        .filter((field) => name !== 'RotateKey' || field.name !== 'id')
        .map((field) => [field.name === 'expiresAt' ? 'expires_at' : field.name, field.description]);
      const said = Object.entries(propertiesOf(name)).map(([field, property]) => [
        field,
        (property as Described)['description'],
      ]);
      expect(Object.fromEntries(said)).toEqual(Object.fromEntries(meant));
    }
  });

  it('cannot be made of a schema without these inputs, and says nothing where that says nothing', () => {
    expect(() => openApiDocument('/base', buildSchema('type Query { a: Int }'))).toThrow(
      'CreateApiKeyInput is no input type',
    );
    const silent = buildSchema('input CreateApiKeyInput { name: Int } input RotateApiKeyInput { overlap: Int }');
    expect(openApiDocument('/base', silent)).toMatchObject({
      components: { schemas: { RotateKey: { properties: { overlap: { description: undefined } } } } },
    });
  });
});
