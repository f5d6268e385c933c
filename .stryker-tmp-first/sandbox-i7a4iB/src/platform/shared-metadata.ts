// @ts-nocheck
import { AsyncResource } from 'node:async_hooks';
import { getMetadataTypeSchema } from '@objectstack/spec/kernel';
import { type DefinitionSchema, RememberedChecks } from './remembered-checks.ts';
import type { SharedReadsEngine } from './shared-reads.ts';

/** The part of the platform's `protocol` service that reads definitions. */
export interface MetadataProtocol {
  getMetaItems(request: MetadataRequest): Promise<MetadataItems>;
}

interface MetadataRequest {
  readonly type: string;
}

interface MetadataItems {
  readonly type: string;
  readonly items: readonly unknown[];
}

/** A process has one schema of objects. */
const objectSchema: DefinitionSchema | undefined = getMetadataTypeSchema('object');
const checks = objectSchema && new RememberedChecks(objectSchema);

/**
 * For each request at the data API the platform reads the definitions of all objects and checks each of them anew,
 * to see whether one may be used there: more than half of what the request costs. Here requests that ask in the same
 * turn of the event loop share an answer, which is the same for everybody. It is made after each of them has
 * asked, and nothing of it is kept.
 */
export function shareMetadata(protocol: MetadataProtocol, engine: Pick<SharedReadsEngine, 'txStore'>): void {
  const read = protocol.getMetaItems.bind(protocol);
  const listObjects = (): Promise<MetadataItems> => read({ type: 'object' });
  const listing = (): Promise<MetadataItems> => checks?.during(listObjects) ?? listObjects();
  /** The answer belongs to all who share it, and so to none of them. */
  const scope = new AsyncResource('shareMetadata');
  let waiting: Promise<MetadataItems> | undefined;
  const next = (): Promise<MetadataItems> =>
    scope.runInAsyncScope(
      () =>
        new Promise((resolve, reject) => {
          setImmediate(() => {
            waiting = undefined;
            listing().then(resolve, reject);
          });
        }),
    );

  protocol.getMetaItems = async (request) => {
    // Within a transaction the answer may be another one, and has to come over its connection.
    const isInTransaction = engine.txStore === undefined || engine.txStore.getStore() !== undefined;
    if (!asksForAllObjects(request) || isInTransaction) return read(request);
    waiting ??= next();
    const answer = await waiting;
    // One who takes it apart takes nothing from the others.
    return { ...answer, items: [...answer.items] };
  };
}

/** Anything else that is asked for, such as a draft or a package, makes it a question of its own. */
function asksForAllObjects(request: MetadataRequest): boolean {
  return request.type === 'object' && Object.values(request).filter((value) => value !== undefined).length === 1;
}
