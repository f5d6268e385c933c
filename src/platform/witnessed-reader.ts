import { unavailable } from '../base/errors.ts';
import type { Row } from './engine.ts';
import type { LiveReader, ReaderQuery } from './live-reader.ts';

/**
 * A reader for the platform's own functions, which take a read that fails as one that found nothing.
 * Then a key does not exist, or worse: a position that was deactivated still counts, since the row
 * that says so could not be read. Here a failure is remembered.
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
   * To be called before what was made of the reads is believed.
   *
   * @throws ServiceError `SERVICE_UNAVAILABLE` when one of them failed.
   */
  assertAllRead(): void {
    if (this.#failure !== undefined) throw unavailable(this.#failure.cause);
  }
}
