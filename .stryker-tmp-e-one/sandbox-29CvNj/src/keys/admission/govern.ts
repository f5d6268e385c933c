// @ts-nocheck
import type { MiddlewareEngine } from '../../platform/middleware.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import type { Admission } from './admission.ts';
import { closedToKeys, type Declarations } from './closed-to-keys.ts';
import { Verification } from './verification.ts';

/**
 * Installs admission and the rules for keys in the data engine of a kernel, which every route, tool and
 * action uses.
 *
 * @returns a check that the platform verifies keys there, to run once the kernel is ready.
 */
export function governKeys(
  engine: MiddlewareEngine & Declarations,
  admission: Pick<Admission, 'admit'>,
): () => Promise<void> {
  const verification = new Verification(async (row) => {
    const admitted = await admission.admit(row);
    // The platform would add the scopes to the rights of the owner; here they only limit them.
    return admitted && { ...row, scopes: '[]' };
  });
  engine.registerMiddleware(closedToKeys(engine));
  engine.registerMiddleware(verification.around, { object: API_KEY_OBJECT });
  return () => verification.prove(engine);
}
