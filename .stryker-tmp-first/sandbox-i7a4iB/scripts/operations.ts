// @ts-nocheck
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const FOLDER = new URL('../operations/', import.meta.url);
const HEADER = `// Written by \`npm run operations\` from operations/*.graphql and schema.graphql. Do not edit.
`;

/** The documents of `operations/` as a module of typed documents, checked against the committed schema. */
export async function operationsModule(): Promise<string> {
  const schema = parse(await readFile(new URL('../schema.graphql', import.meta.url), 'utf8'));
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.graphql')).sort();
  const documents = await Promise.all(
    files.map(async (name) => ({ location: name, document: parse(await readFile(new URL(name, FOLDER), 'utf8')) })),
  );
  const module = await codegen({
    filename: 'operations.ts',
    schema,
    documents,
    config: {
      scalars: { ID: 'string', DateTime: 'string', Duration: 'string' },
      useTypeImports: true,
      skipTypename: true,
      enumsAsTypes: true,
      strictScalars: true,
    },
    plugins: [{ typescriptOperations: {} }, { typedDocumentNode: { documentMode: 'documentNode' } }],
    pluginMap: { typescriptOperations, typedDocumentNode },
  });
  return `${HEADER}${module}`;
}

if (import.meta.main)
  await writeFile(new URL('../src/operations/documents.ts', import.meta.url), await operationsModule());
