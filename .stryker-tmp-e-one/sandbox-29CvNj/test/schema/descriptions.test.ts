// @ts-nocheck
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';

/** Everything that a client can name, with its description. */
function* described(): Generator<[string, string | null | undefined]> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield [type.name, type.description];
    if (isEnumType(type)) {
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description];
    }
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field.description];
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        yield [`${type.name}.${field.name}`, field.description];
        for (const argument of field.args) {
          yield [`${type.name}.${field.name}(${argument.name}:)`, argument.description];
        }
      }
    }
  }
}

it('every type, field, argument, input field and enum value of the schema says what it is', () => {
  const all = [...described()];
  expect(all.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'CreateApiKeyInput.name',
      'Mutation.createApiKey(input:)',
      'ApiKeyStatus.ACTIVE',
      'DateTime',
    ]),
  );
  expect(all.filter(([, description]) => !description?.trim()).map(([name]) => name)).toEqual([]);
});
