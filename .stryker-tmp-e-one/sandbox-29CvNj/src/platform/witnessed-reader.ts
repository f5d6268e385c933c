// @ts-nocheck
import { unavailable } from '../base/errors.ts';
import type { Row } from './engine.ts';
import type { LiveReader, ReaderQuery } from './live-reader.ts';

/**
 * A reader for the platform's own functions, which treat a failed read like an empty result. A key would
 * then not exist or, worse, a deactivated position would still count because the row that deactivates it
 * could not be read. This reader records failures.
 */
export class WitnessedReader {
  readonly #reader: LiveReader;
  #failure: { readonly cause: unknown } | undefined;

  constructor(reader: LiveReader) {
    this.#reader = reader;
  }

  async find(object: string, query: ReaderQuery): Promise<Row[]> {
    try {
      return await this.#reader.asEngine.find(object, query);
    } catch (error) {
      this.#failure ??= { cause: error };
      throw error;
    }
  }

  /**
   * Call this before you use the result of the reads.
   *
   * @throws ServiceError `SERVICE_UNAVAILABLE` if one of them failed.
   */
  assertAllRead(): void {
    if (this.#failure !== undefined) throw unavailable(this.#failure.cause);
  }
}
