// @ts-nocheck
import type { PluginContext } from '@objectstack/core';
import type { DataEngine, ReadDriver, Row } from '../../src/platform/engine.ts';
import { Platform } from '../../src/platform/platform.ts';
import { serviceLookup } from '../../src/platform/service-lookup.ts';

/** A {@link Platform} over rows in memory, without a kernel, that knows what was asked of it. */
export class Tables {
  /** The rows of each object. */
  readonly rows: Record<string, Row[]> = {};
  /** The objects that were looked into, in order. */
  readonly read: string[] = [];
  /** The services that a kernel may go without, by name. */
  readonly services = new Map<string, unknown>();
  /** The objects that cannot be read. */
  readonly broken = new Set<string>();
  readonly platform: Platform;

  constructor() {
    const driver: ReadDriver = {
      find: async (object, { where }) => {
        this.read.push(object);
        if (this.broken.has(object)) throw new Error(`${object} cannot be read`);
        const found = (this.rows[object] ?? []).filter((row) =>
          Object.entries(where).every(([column, wanted]) => matches(row[column], wanted)),
        );
        return found.map((row) => ({ ...row }));
      },
    };
    // As the light kernel gives them.
    const context = {
      getKernel: () => ({}),
      getServices: () => this.services,
      getService: (name: string) => this.services.get(name),
    };
    const lookup = serviceLookup(context as unknown as PluginContext);
    const engine = { getDriverForObject: () => driver, getObject: () => ({}) };
    this.platform = new Platform(engine as unknown as DataEngine, lookup, 5000);
  }
}

function matches(value: unknown, wanted: unknown): boolean {
  const among = (wanted as { $in?: unknown[] } | null)?.$in;
  return among === undefined ? value === wanted : among.includes(value);
}
