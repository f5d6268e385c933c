// @ts-nocheck
import { generateApiKey, resolveApiKeyAdmission } from '@objectstack/core';
import type { Row } from '../../platform/engine.ts';
import type { EngineOperation } from '../../platform/middleware.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/** Decides on the row of a key; `undefined` if the key is not active. */
export type Admit = (row: Row) => Promise<Row | undefined>;

/**
 * Wraps the read with which the platform verifies a key on every route: an elevated look-up in `sys_api_key`
 * by the hash. It returns no row for a key that is not admitted.
 */
export class Verification {
  readonly #admit: Admit;
  #count = 0;

  constructor(admit: Admit) {
    this.#admit = admit;
  }

  /** The middleware of the engine. */
  readonly around = async (operation: EngineOperation, next: () => Promise<void>): Promise<void> => {
    await next();
    if (!isVerification(operation)) return;
    this.#count += 1;
    const { result } = operation;
    if (Array.isArray(result)) {
      const rows = await Promise.all(result.map((row: Row) => this.#admit(row)));
      operation.result = rows.filter((row) => row !== undefined);
    } else if (typeof result === 'object' && result !== null) {
      operation.result = (await this.#admit(result as Row)) ?? null;
    }
  };

  /**
   * Makes the platform verify a key that does not exist, to check that the look-up passes through here.
   *
   * @throws Error if it does not, for example in another version of the platform. Keys would not be checked
   *   at all, so the kernel does not start.
   */
  async prove(engine: object): Promise<void> {
    const before = this.#count;
    await resolveApiKeyAdmission(engine, { 'x-api-key': generateApiKey().raw });
    if (this.#count === before) {
      throw new Error(
        'ApiKeysPlugin: this version of @objectstack/core verifies API keys in a way that the plugin does not support, ' +
          'so it could not refuse inactive keys. Install compatible versions of the two.',
      );
    }
  }
}

/** The platform looks up a key by its hash only to verify it. */
function isVerification({ object, operation, ast, context }: EngineOperation): boolean {
  if (object !== API_KEY_OBJECT || (operation !== 'find' && operation !== 'findOne')) return false;
  const where = ast?.where;
  return context?.isSystem === true && typeof where === 'object' && where !== null && 'key' in where;
}
