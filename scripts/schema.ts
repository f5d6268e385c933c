import { writeFile } from 'node:fs/promises';
import { schemaText } from '../src/schema/index.ts';

await writeFile(new URL('../schema.graphql', import.meta.url), schemaText());
