// @ts-nocheck
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readOpenApi } from '../../src/rest/openapi.ts';

export type Described = Record<string, unknown>;

/** The description of the REST endpoint, as it is sent. */
export const described = readOpenApi('/api/v1') as {
  paths: Record<string, Record<string, Described>>;
  components: Record<string, Record<string, Described>>;
};

/** The properties of a schema of the description. */
export function propertiesOf(schema: string): Described {
  return resolve({ $ref: `#/components/schemas/${schema}/properties` }) as Described;
}

/** Every object in a value, itself included. */
export function objectsIn(value: unknown): Described[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Described, ...inner];
}

/** What a reference leads to. */
export function resolve({ $ref }: { readonly $ref: string }): unknown {
  const steps = $ref.replace('#/', '').split('/');
  return steps.reduce<unknown>((found, step) => (found as Described | undefined)?.[step], described);
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'https://api.example/openapi.json', ...described });

/** What is wrong with a value under a schema of the description, such as `schemas/Error`. */
export function faults(component: string, value: unknown): string[] {
  const validate = ajv.compile({ $ref: `https://api.example/openapi.json#/components/${component}` });
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Whether a value is a JSON Schema of draft 2020-12. */
export const isJsonSchema = (value: Described): boolean => ajv.validateSchema(value) === true;
