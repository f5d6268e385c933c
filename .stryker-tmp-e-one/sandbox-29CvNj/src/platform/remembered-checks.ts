// @ts-nocheck
import { AsyncLocalStorage } from 'node:async_hooks';
import { serialize } from 'node:v8';

/** The part of a zod schema that checks a definition. */
export interface DefinitionSchema {
  safeParse(definition: unknown, options?: unknown): { readonly success: boolean };
}

/** More definitions than this are not remembered: then all are forgotten. */
const MOST = 10_000;

/**
 * The platform checks the definition of every object whenever it lists them, for each request at the data API: some
 * 35 ms on the machine of the benchmark. A definition that is, to the last value, the one that was valid before is
 * valid again; to see that takes a tenth of the time. The first difference makes it checked anew, so nothing is
 * assumed and nothing can be stale.
 */
export class RememberedChecks {
  readonly #listing = new AsyncLocalStorage<boolean>();
  /** The last valid definition of each name, as bytes. */
  readonly #valid = new Map<unknown, Buffer>();

  /** @param schema its `safeParse` is replaced. Outside of {@link during} it does what it did. */
  constructor(schema: DefinitionSchema) {
    const check = schema.safeParse.bind(schema);
    schema.safeParse = (definition, options) => {
      if (this.#listing.getStore() !== true) return check(definition, options);
      const name = (definition as { readonly name?: unknown } | null)?.name;
      const bytes = bytesOf(definition);
      if (bytes !== undefined && this.#valid.get(name)?.equals(bytes)) return { success: true };
      const result = check(definition, options);
      if (result.success && bytes !== undefined) this.#remember(name, bytes);
      return result;
    };
  }

  /** Runs a listing, which asks only whether definitions are valid and uses nothing else of the result. */
  during<T>(list: () => Promise<T>): Promise<T> {
    return this.#listing.run(true, list);
  }

  #remember(name: unknown, bytes: Buffer): void {
    if (this.#valid.size >= MOST) this.#valid.clear();
    this.#valid.set(name, bytes);
  }
}

/** `undefined` for what has no exact form as bytes, such as a function. */
function bytesOf(definition: unknown): Buffer | undefined {
  try {
    return serialize(definition);
  } catch {
    return undefined;
  }
}
