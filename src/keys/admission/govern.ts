import type { MiddlewareEngine } from '../../platform/middleware.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import type { Admission } from './admission.ts';
import { closedToKeys, type Declarations } from './closed-to-keys.ts';
import { Verification } from './verification.ts';

/**
 * Stands around the data engine of a kernel, through which every route, tool and action passes: a key
 * is admitted, and kept from what is closed to keys, whichever of them it is used at.
 *
 * @returns what proves that the platform verifies keys there, once the kernel is ready.
 */
export function governKeys(
  engine: MiddlewareEngine & Declarations,
  admission: Pick<Admission, 'admit'>,
): () => Promise<void> {
  const verification = new Verification(async (row) => {
    const admitted = await admission.admit(row);
    // The platform would add the scopes to the rights of the owner; here they take away.
    return admitted && { ...row, scopes: '[]' };
  });
  engine.registerMiddleware(closedToKeys(engine));
  engine.registerMiddleware(verification.around, { object: API_KEY_OBJECT });
  return () => verification.prove(engine);
}
