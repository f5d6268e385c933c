// @ts-nocheck
import { writeFileSync } from 'node:fs';
import { openApiText } from './openapi/document.ts';

/** `npm run openapi`: writes `openapi.json` from the code. */
writeFileSync(new URL('../openapi.json', import.meta.url), openApiText());
