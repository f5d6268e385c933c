import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiText } from '../../scripts/openapi/document.ts';
import { VERSION } from '../../src/base/version.ts';
import { readOpenApi } from '../../src/rest/openapi.ts';
import { routeAt } from '../../src/rest/routes.ts';
import { ROOT } from '../support/markdown.ts';
import { type Described, described, isJsonSchema, objectsIn, resolve } from '../support/open-api.ts';

const OPERATIONS = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

/** The sentences that a person reads: a capital (or code), and a full stop. */
const SENTENCE = /^[`A-Z].{5,}\.$/;

describe('openapi.json', () => {
  it('is what the code takes and answers now (else: npm run openapi)', async () => {
    expect(await readFile(`${ROOT}openapi.json`, 'utf8')).toBe(openApiText());
  });

  it('is valid OpenAPI 3.1, of this version', async () => {
    const { valid, errors = [] } = await new Validator().validate({ ...described });
    expect({ valid, errors }).toEqual({ valid: true, errors: [] });
    expect(described).toMatchObject({ openapi: '3.1.1', info: { version: VERSION } });
  });

  it('is served with the address of the endpoints of this kernel', () => {
    expect(readOpenApi('/base')).toEqual({ ...described, servers: [{ url: '/base' }] });
  });

  it('has JSON Schemas of draft 2020-12, wherever it has a schema', () => {
    const inline = objectsIn(described).flatMap(({ schema }) => (schema === undefined ? [] : [schema as Described]));
    for (const each of [...inline, ...Object.values(described.components['schemas'] ?? {})]) {
      expect(isJsonSchema(each), JSON.stringify(each)).toBe(true);
    }
  });

  it('names each operation as the route that answers it', () => {
    expect(OPERATIONS).toHaveLength(10);
    for (const { method, path, operation } of OPERATIONS) {
      const below = path.replace(/\{\w+\}/, 'some-id').slice('/keys'.length);
      expect(path.startsWith('/keys')).toBe(true);
      expect(routeAt(method.toUpperCase(), below).name).toBe(operation['operationId']);
      expect(operation['summary']).toMatch(/^[A-Z][a-z ]+$/);
    }
  });

  it('requires a session token or cookie for every route except itself', () => {
    expect(described).toMatchObject({ security: [{ session: [] }, { sessionCookie: [] }] });
    for (const { operation } of OPERATIONS) {
      expect(operation['security']).toEqual(operation['operationId'] === 'describe' ? [] : undefined);
    }
  });

  it('has no dangling references and no unused components', () => {
    const references = new Set(objectsIn(described).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : [])));
    for (const reference of references) expect(resolve({ $ref: reference }), reference).toBeTypeOf('object');
    const { securitySchemes: _, ...components } = described.components;
    const there = Object.entries(components).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => `#/components/${kind}/${name}`),
    );
    expect([...references].sort()).toEqual(there.sort());
  });

  it('says what everything means, in sentences', () => {
    for (const { properties = {} } of objectsIn(described.components['schemas']) as { properties?: Described }[]) {
      for (const [name, property] of Object.entries(properties)) {
        // What is only a place for others is described by them.
        const { properties: parts, items, const: constant, description } = property as Described;
        const place = parts !== undefined || typeof items === 'object' || constant !== undefined;
        if (!place || description !== undefined) expect(description, name).toMatch(SENTENCE);
      }
    }
    const { headers = {}, parameters = {} } = described.components;
    const operations = OPERATIONS.flatMap(({ operation }) => [
      operation,
      ...Object.values(operation['responses'] as Record<string, Described>),
    ]);
    for (const { description } of [...Object.values(headers), ...Object.values(parameters), ...operations]) {
      expect(description).toMatch(SENTENCE);
    }
  });
});
